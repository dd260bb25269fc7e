// Type descriptors as Go's own compiler lays them out (package internal/abi), so that reflect, maps and fmt can be Go's.
//
// The compiler writes them into a program's data; the runtime reads them. A type has one descriptor in a program:
// comparing addresses compares types.
#pragma once

#include "runtime/abi/layout.h"

namespace millrace::abi {

enum class Kind : uint8_t {
  Invalid, Bool, Int, Int8, Int16, Int32, Int64, Uint, Uint8, Uint16, Uint32, Uint64, Uintptr, Float32, Float64,
  Complex64, Complex128, Array, Chan, Func, Interface, Map, Pointer, Slice, String, Struct, UnsafePointer,
};

enum TypeFlags : uint8_t {
  kTypeUncommon = 1 << 0,       // an UncommonType follows
  kTypeExtraStar = 1 << 1,      // `text` has a '*' in front that is not part of it
  kTypeNamed = 1 << 2,
  kTypeRegularMemory = 1 << 3,  // equality and hash are those of its bytes
  kTypeDirectIface = 1 << 5,    // one pointer: kept in an interface's data word itself
  kTypeHasMadeCode = 1 << 7,    // ours, of function types: FuncType::madeCode is there
};

// Go's NameOff, TypeOff and TextOff are offsets in a module's tables. Ours are addresses of a name or type, and indices in the
// function table: the hooks that resolve them return them unchanged.
using NameOff = int32_t;
using TypeOff = int32_t;
using TextOff = int32_t;

struct Type {
  uint64_t size;
  uint64_t pointerBytes;  // length of the prefix that can hold pointers
  uint32_t hash;
  uint8_t flags, align, fieldAlign;
  Kind kind;
  Slot<Closure> equal;      // (p, q, context) -> i32; null: not comparable
  Slot<uint8_t> gcData;     // a bit per 8-byte slot of the first pointerBytes: does it hold a pointer?
  NameOff text;             // abi name of the type as fmt's %T prints it
  TypeOff pointerToThis;    // 0: none in the program
};
static_assert(sizeof(Type) == 48);

// A name: a byte of flags (1 exported, 2 has a tag, 4 has a package path, 8 embedded), a varint length, the bytes, then if
// flagged a varint length and the tag's bytes, then 4 bytes NameOff of the package path.
using Name = uint8_t;

struct ArrayType : Type {
  Slot<Type> element, slice;
  uint64_t length;
};

struct ChanType : Type {
  Slot<Type> element;
  int64_t direction;  // 1 receive, 2 send, 3 both
};

struct FuncType : Type {
  uint16_t inCount, outCount;  // the top bit of outCount: variadic. Parameter and result types follow (after an UncommonType)
  // If flagged the table index of the code of functions that reflect makes; padding to Go. Behind that lies what methods of
  // this type panic with that are kMethodOfEmbedded.
  uint32_t madeCode;
};

struct InterfaceMethod {
  NameOff name;
  TypeOff type;
};

struct InterfaceType : Type {
  Slot<Name> packagePath;
  struct {
    Slot<InterfaceMethod> data;
    int64_t length, capacity;
  } methods;  // sorted by name
};

struct MapType : Type {
  Slot<Type> key, element, group;
  Slot<Closure> hasher;  // (p, seed, context) -> i64
  uint64_t groupSize, slotSize, elementOffset;
  uint32_t flags, padding;
};

struct PointerType : Type {
  Slot<Type> element;
};

struct SliceType : Type {
  Slot<Type> element;
};

struct StructField {
  Slot<Name> name;
  Slot<Type> type;
  uint64_t offset;
};

struct StructType : Type {
  Slot<Name> packagePath;
  struct {
    Slot<StructField> data;
    int64_t length, capacity;
  } fields;
};

// What a struct made by reflection has of an embedded interface, and Go's reflect knows no way to call.
inline constexpr TextOff kMethodOfEmbedded = -2;

// A method of a concrete type; sorted by name.
struct Method {
  NameOff name;
  TypeOff type;            // its func type, without receiver; -1: not kept
  TextOff interfaceCall;   // table index; receiver is the data word; kMethodOfEmbedded
  TextOff directCall;      // table index; receiver as declared
};

struct UncommonType {
  NameOff packagePath;
  uint16_t methodCount, exportedCount;
  uint32_t methodsOffset;  // from this record to the first Method
  uint32_t unused;
};

// The method table of one concrete type for one interface. An interface value with methods is {ITab, data}, one without is
// {Type, data}.
struct ITab {
  Slot<InterfaceType> interface;
  Slot<Type> type;
  uint32_t hash, padding;
  uint64_t functions[1];  // table indices, one per method of the interface; [0] is 0 in a table that says "does not implement"
};

}  // namespace millrace::abi
