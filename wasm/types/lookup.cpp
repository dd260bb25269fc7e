// Fields and methods by name: breadth first through embedded fields, the shallowest depth wins.
//
// At one depth a name must be unique: two of the same depth make it ambiguous, even if one of them is a method and the
// other a field, and even if nothing is found but the same embedded type in two ways. Types that were seen at a
// shallower depth are not looked into again: what they have was found there, or hidden.
#include "wasm/types/lookup.h"

#include <algorithm>
#include <unordered_set>

#include "wasm/types/check.h"
#include "wasm/types/named.h"
#include "wasm/types/predicates.h"

namespace millrace::types {
namespace {

struct Embedded {
  Type* type;
  int from;       // index in the list of all, of the struct that embeds it; -1: the type asked about
  int field;      // index in that struct
  bool indirect;  // a pointer lies on the way
  bool multiple;  // reached in several ways at this depth
};

constexpr size_t kManySeen = 8;

class Search {
 public:
  Search(Package* package, Symbol name, bool foldCase) : package_(package), name_(name), foldCase_(foldCase) {}

  Lookup run(Type* type, bool isPointer, bool addressable) {
    all_.push_back({type, -1, 0, isPointer, false});
    size_t begin = 0, end = 1;
    while (begin < end) {
      for (size_t i = begin; i < end; i++) {
        if (!visit(i)) {  // ambiguous
          result_.object = nullptr;
          result_.indirect = false;
          return std::move(result_);
        }
      }
      if (result_.object != nullptr) {
        auto* method = as<Func>(result_.object);
        if (method != nullptr && hasPointerReceiver(method) && !result_.indirect && !addressable) {
          return {nullptr, {}, true};
        }
        return std::move(result_);
      }
      begin = end;
      mergeMultiples(begin);
      end = all_.size();
    }
    return {};
  }

 private:
  bool found(Object* object, size_t at, int index) {
    std::vector<int> path = {index};
    for (int i = static_cast<int>(at); all_[i].from >= 0; i = all_[i].from) path.push_back(all_[i].field);
    std::reverse(path.begin(), path.end());
    bool unique = result_.object == nullptr && !all_[at].multiple;
    result_ = {object, std::move(path), all_[at].indirect};
    return unique;
  }

  // Has the type been looked into at a shallower depth? From now on it has.
  bool isSeen(Named* named) {
    const auto same = [named](Named* other) { return identical(named, other); };
    if (seen_.size() < kManySeen) {
      if (std::any_of(seen_.begin(), seen_.end(), same)) return true;
    } else {
      if (hashes_.empty()) {
        for (Named* other : seen_) hashes_.insert(hashType(other));
      }
      if (!hashes_.insert(hashType(named)).second && std::any_of(seen_.begin(), seen_.end(), same)) return true;
    }
    seen_.push_back(named);
    return false;
  }

  // Looks into one type; false: the name is ambiguous.
  bool visit(size_t at) {
    Type* type = all_[at].type;
    int index;
    if (Named* named = asNamed(type)) {
      if (isSeen(named)) return true;
      // A type with such a method has no field or interface method of that name.
      if (Func* method = lookupMethod(named, package_, name_, foldCase_, &index)) return found(method, at, index);
    }
    Type* under = underlying(type);
    if (auto* structure = as<Struct>(under)) {
      if (!visitFields(structure, at)) return false;
      // Deeper ones do not matter once something was found.
      if (result_.object == nullptr) pushEmbedded(structure, at);
    } else if (auto* interface = as<Interface>(under)) {
      if (Func* method = findMethod(typeSetOf(interface)->methods, package_, name_, foldCase_, &index)) {
        return found(method, at, index);
      }
    }
    return true;
  }

  bool visitFields(Struct* structure, size_t at) {
    if (!foldCase_) {
      int index = fieldIndex(structure, package_, name_, false);
      return index < 0 || found(structure->fields[static_cast<size_t>(index)], at, index);
    }
    for (size_t i = 0; i < structure->fields.size(); i++) {
      Var* field = structure->fields[i];
      if (sameId(field, package_, name_, true) && !found(field, at, static_cast<int>(i))) return false;
    }
    return true;
  }

  void pushEmbedded(Struct* structure, size_t at) {
    for (size_t i = 0; i < structure->fields.size(); i++) {
      Var* field = structure->fields[i];
      if (!field->embedded) continue;
      bool isPointer = false;
      Type* base = dereference(field->type, &isPointer);
      all_.push_back({base, static_cast<int>(at), static_cast<int>(i), all_[at].indirect || isPointer,
                      all_[at].multiple});
    }
  }

  // Of the types from `begin` on, keeps one of each.
  void mergeMultiples(size_t begin) {
    size_t kept = begin;
    for (size_t i = begin; i < all_.size(); i++) {
      auto same = std::find_if(all_.begin() + begin, all_.begin() + kept,
                               [&](const Embedded& other) { return identical(other.type, all_[i].type); });
      if (same != all_.begin() + kept) {
        same->multiple = true;
      } else {
        all_[kept++] = all_[i];
      }
    }
    all_.resize(kept);
  }

  Package* package_;
  Symbol name_;
  bool foldCase_;
  std::vector<Embedded> all_;
  std::vector<Named*> seen_;
  std::unordered_set<uint64_t> hashes_;  // of these, once there are many
  Lookup result_;
};

}  // namespace

Lookup findMember(Type* type, bool addressable, Package* package, Symbol name, bool foldCase) {
  if (name.isBlank()) return {};
  bool isPointer = false;
  Type* base = dereference(type, &isPointer);
  // A pointer to an interface has no methods.
  if (isPointer && under<Interface>(base) != nullptr) return {};
  return Search(package, name, foldCase).run(base, isPointer, addressable);
}

Lookup findFieldOrMethod(Type* type, bool addressable, Package* package, Symbol name, bool foldCase) {
  if (Named* named = asNamed(type)) {
    // A declared pointer type has fields, but no methods.
    if (auto* pointer = under<Pointer>(named)) {
      Lookup found = findMember(pointer, false, package, name, foldCase);
      return found.object != nullptr && found.object->kind == ObjectKind::Func ? Lookup() : found;
    }
  }
  return findMember(type, addressable, package, name, foldCase);
}

LookupResult lookupFieldOrMethod(Session&, Type* type, bool addressable, Package* package, Symbol name) {
  Lookup found = findFieldOrMethod(type, addressable, package, name);
  return {found.object, std::move(found.path), found.indirect};
}

namespace {

// All names that may be methods of a type or of what it embeds.
void collectNames(Type* type, std::vector<Type*>& seen, ObjectSet& names, std::vector<Func*>& list) {
  type = unalias(dereference(type));
  if (std::find(seen.begin(), seen.end(), type) != seen.end()) return;
  seen.push_back(type);
  auto add = [&](Func* method) {
    if (names.insert(method) == nullptr) list.push_back(method);
  };
  if (auto* named = as<Named>(type)) {
    Named* origin = named->origin;
    for (size_t i = 0; i < methodCount(origin); i++) add(methodAt(origin, i));
  }
  Type* under = underlying(type);
  if (auto* interface = as<Interface>(under)) {
    for (Func* method : typeSetOf(interface)->methods) add(method);
  } else if (auto* structure = as<Struct>(under)) {
    for (Var* field : structure->fields) {
      if (field->embedded) collectNames(field->type, seen, names, list);
    }
  }
}

}  // namespace

std::vector<Selection> methodSet(Session& session, Type* type) {
  std::vector<Type*> seen;
  ObjectSet names;
  std::vector<Func*> candidates;
  collectNames(type, seen, names, candidates);
  sortMethods(candidates);
  std::vector<Selection> result;
  for (Func* candidate : candidates) {
    Lookup found = findFieldOrMethod(type, false, candidate->package, candidate->name);
    if (found.object == nullptr || found.object->kind != ObjectKind::Func) continue;
    result.push_back(
        {SelectionKind::Method, type, found.object, session.arena().copy(found.path), found.indirect});
  }
  return result;
}

}  // namespace millrace::types
