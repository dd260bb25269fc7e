package time

import "errors"

// MarshalText is RFC 3339, as far as that can say it.
func (t Time) MarshalText() ([]byte, error) { return t.marshal(nil, "Time.MarshalText: ") }

func (t Time) AppendText(b []byte) ([]byte, error) { return t.marshal(b, "Time.AppendText: ") }

func (t Time) MarshalJSON() ([]byte, error) {
	b, err := t.marshal([]byte{'"'}, "Time.MarshalJSON: ")
	if err != nil {
		return nil, err
	}
	return append(b, '"'), nil
}

func (t Time) marshal(b []byte, who string) ([]byte, error) {
	if year := t.Year(); year < 0 || year > 9999 {
		return nil, errors.New(who + "year outside of range [0,9999]")
	}
	if _, offset := t.Zone(); max(offset, -offset) >= 24*60*60 {
		return nil, errors.New(who + "timezone hour outside of range [0,23]")
	}
	return t.AppendFormat(b, RFC3339Nano), nil
}

func (t *Time) UnmarshalText(text []byte) (err error) {
	*t, err = Parse(RFC3339, string(text))
	return err
}

func (t *Time) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	if len(data) < 2 || data[0] != '"' || data[len(data)-1] != '"' {
		return errors.New("Time.UnmarshalJSON: input is not a JSON string")
	}
	return t.UnmarshalText(data[1 : len(data)-1])
}
