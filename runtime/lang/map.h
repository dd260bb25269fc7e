// Maps: open addressing in groups of eight slots, as Go's own (Swiss tables), in Go's memory layout of a group.
//
// A group is eight control bytes, then eight slots of key and value. A control byte is kEmpty, kDeleted, or the low seven
// bits of the key's hash; the other bits choose the group where probing begins. Eight bytes are compared at once.
//
// What is always true.
//  * Probing for a key visits groups in a fixed order from its first one and may stop at a group with an empty slot: the
//    key would have been put there. So a slot may become empty again only if its group had an empty one anyway; otherwise
//    it becomes deleted. A table of one group needs no such care, and uses all eight slots.
//  * A table that is full is replaced by a new one and never written again. An iterator keeps the table it began with for
//    its order, and asks the map's current one for what became of each key: so every entry is visited once at most, one
//    deleted meanwhile is not, and one changed is seen as it is.
//  * Groups and their number are read in one load: a program that races on a map gets Go's fatal error, or a wrong answer,
//    but never reads outside the table.
//
// Go splits big tables so that no single insertion takes long; here growing moves everything at once, which costs less in
// all.
#pragma once

#include "runtime/lang/program.h"

namespace millrace::lang {

struct Map;

Map* makeMap(const abi::MapType& type, int64_t hint);

// Addresses of values. The first ones never return null (a zero value stands for what is missing), the second ones do.
// Keys of 4 or 8 plain bytes are passed as numbers, strings in two parts, all others by address.
const void* mapAccess1(const abi::MapType& type, Map* map, const void* key);
void* mapAccess2(const abi::MapType& type, Map* map, const void* key);
void* mapAssign(const abi::MapType& type, Map* map, const void* key);
void mapDelete(const abi::MapType& type, Map* map, const void* key);

const void* mapAccess1(const abi::MapType& type, Map* map, uint64_t key);
void* mapAccess2(const abi::MapType& type, Map* map, uint64_t key);
void* mapAssign(const abi::MapType& type, Map* map, uint64_t key);
void mapDelete(const abi::MapType& type, Map* map, uint64_t key);

const void* mapAccess1(const abi::MapType& type, Map* map, abi::StringAbi key);
void* mapAccess2(const abi::MapType& type, Map* map, abi::StringAbi key);
void* mapAssign(const abi::MapType& type, Map* map, abi::StringAbi key);
void mapDelete(const abi::MapType& type, Map* map, abi::StringAbi key);

void mapClear(const abi::MapType& type, Map* map);

// In random order. The iterator's key is null at the end.
void mapIterStart(const abi::MapType& type, Map* map, abi::MapIterator& iterator);
void mapIterNext(abi::MapIterator& iterator);

}  // namespace millrace::lang
