;; The exception that panics are. C++ built without exceptions can neither define a tag nor throw it, and a program's catch
;; and the engine's throw must mean the same one.
(module
  (tag $panic (export "panic"))
  (func (export "throwPanic") (throw $panic)))
