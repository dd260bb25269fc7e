// Struct and interface types, and unions in constraints.
#include <algorithm>

#include "wasm/syntax/literal.h"
#include "wasm/types/checker.h"
#include "wasm/types/text.h"

namespace millrace::types {

using namespace syntax;

namespace {

// The name under which an embedded field is known: of T, *T, p.T, T[A]. Null when it can have none.
Name* embeddedName(Expr* e) {
  if (auto* star = as<Operation>(e); star != nullptr && star->op == Operator::Mul && star->y == nullptr) {
    auto* inner = as<Operation>(star->x);
    if (inner != nullptr && inner->op == Operator::Mul && inner->y == nullptr) return nullptr;  // **T
    e = star->x;
    if (as<Operation>(e) != nullptr) return nullptr;
  }
  if (auto* index = as<IndexExpr>(e)) e = index->x;
  if (auto* selector = as<SelectorExpr>(e)) return selector->selector;
  return as<Name>(e);
}

}  // namespace

std::string_view Checker::tagOf(BasicLit* tag) {
  if (tag == nullptr || tag->bad) return "";
  if (tag->literal != LiteralKind::String) {
    error(tag, {"invalid syntax tree: incorrect tag syntax: ", quote(tag->text)});
    return "";
  }
  return arena_.copy(std::string_view(stringLiteralValue(tag->text)));
}

Type* Checker::checkStruct(StructType* e) {
  auto* type = make<Struct>(Struct{{TypeKind::Struct}, {}, {}, &arena_});
  std::vector<Var*> fields;
  std::vector<std::string_view> tags;
  bool anyTag = false;
  ObjectSet seen;
  Type* fieldType = nullptr;
  Expr* previous = nullptr;
  for (size_t i = 0; i < e->fields.size(); i++) {
    Field* field = e->fields[i];
    if (i == 0 || field->type != previous) {
      fieldType = checkVarType(field->type);
      previous = field->type;
    }
    std::string_view tag = i < e->tags.size() ? tagOf(e->tags[i]) : std::string_view();
    bool embedded = field->name == nullptr;
    Name* name = embedded ? embeddedName(field->type) : field->name;
    Type* actual = fieldType;
    Pos pos = name != nullptr ? name->pos : field->pos;
    if (name == nullptr) {  // reported by the parser
      name = newName(pos, "_");
      actual = invalidType();
      tag = {};
    } else if (embedded) {
      Pos start = syntax::startPos(field->type);
      later([=, this] { checkEmbedded(actual, start); });
    }
    Var* var = newVar(VarRole::Field, pos, name->symbol, actual);
    var->embedded = embedded;
    if (!name->symbol.isBlank()) {
      if (Object* other = seen.insert(var)) {
        Report duplicate = newReport();
        duplicate.add(pos, {name->symbol, " redeclared"});
        duplicate.addOther(other);
        report(duplicate);
        continue;
      }
    }
    fields.push_back(var);
    tags.push_back(tag);
    anyTag = anyTag || !tag.empty();
    recordObject(name, var);
  }
  type->fields = arena_.copy(fields);
  if (anyTag) type->tags = arena_.copy(tags);
  return type;
}

void Checker::checkEmbedded(Type* type, Pos pos) {
  bool isPointer = false;
  Type* base = dereference(type, &isPointer);
  Type* under = underlying(base);
  if (auto* b = as<Basic>(under)) {
    if (b->basic == BasicKind::UnsafePointer) error(pos, {"embedded field type cannot be unsafe.Pointer"});
  } else if (as<Pointer>(under) != nullptr) {
    error(pos, {"embedded field type cannot be a pointer"});
  } else if (as<Interface>(under) != nullptr) {
    if (isTypeParam(base)) {
      error(pos, {"embedded field type cannot be a (pointer to a) type parameter"});
    } else if (isPointer) {
      error(pos, {"embedded field type cannot be a pointer to an interface"});
    }
  }
}

Type* Checker::checkInterface(InterfaceType* e, TypeName* definition) {
  Interface* interface = newInterface({}, {}, {});
  interface->complete = false;
  bool nested = std::exchange(env_.inInterface, true);
  if (!nested) interfaceLiterals_.emplace_back(interface, e->pos);
  std::vector<Func*> methods;
  std::vector<Type*> embeddeds;
  std::vector<Pos> positions;
  for (Field* field : e->methods) {
    if (field->name == nullptr) {
      if (field->type == nullptr) continue;
      positions.push_back(syntax::startPos(field->type));
      embeddeds.push_back(checkUnion(field->type));
      continue;
    }
    Name* name = field->name;
    if (name->symbol.isBlank()) {
      error(name, {"methods must have a unique non-blank name"});
      continue;
    }
    auto* signature = as<Signature>(checkType(field->type));
    if (signature == nullptr) continue;
    // The receiver is the declared type, if there is one.
    Type* receiver = interface;
    if (definition != nullptr) {
      if (Named* named = asNamed(definition->type)) receiver = named;
    }
    signature->receiver = newVar(VarRole::Receiver, name->pos, Symbol(), receiver);
    auto* method = make<Func>(
        Func{{ObjectKind::Func, name->pos, name->symbol, signature, package_, nullptr}, nullptr, nullptr, nullptr});
    method->origin = method;
    recordObject(name, method);
    methods.push_back(method);
  }
  sortMethods(methods);
  interface->explicitMethods = arena_.copy(methods);
  interface->embeddeds = arena_.copy(embeddeds);
  interface->embedPositions = arena_.copy(positions).data();
  interface->complete = true;
  env_.inInterface = nested;
  if (!methods.empty() || !embeddeds.empty()) {
    later([=] { typeSetOf(interface); });
  }
  return interface;
}

// An element of an interface: A | ~B | C. A single type without ~ is that type, else the result is a Union.
Type* Checker::checkUnion(Expr* e) {
  std::vector<Operation*> bars;  // from right to left
  std::vector<Expr*> exprs;
  Expr* left = e;
  while (auto* operation = as<Operation>(left)) {
    if (operation->op != Operator::Or || operation->y == nullptr) break;
    bars.push_back(operation);
    exprs.push_back(operation->y);
    left = operation->x;
  }
  exprs.push_back(left);
  std::reverse(exprs.begin(), exprs.end());
  std::vector<Term*> terms;
  Type* type = nullptr;
  for (size_t i = 0; i < exprs.size(); i++) {
    Term* term = checkTerm(exprs[i]);
    if (exprs.size() == 1 && !term->tilde) return term->type;
    if (terms.size() < kMaxTerms) {
      terms.push_back(term);
      type = make<Union>(Union{{TypeKind::Union}, arena_.copy(terms)});
    } else if (isValid(type)) {
      error(exprs[i], {"cannot handle more than ", kMaxTerms, " union terms (implementation limitation)"});
      type = invalidType();
    }
    if (i > 0) recordType(bars[bars.size() - i], type);
  }
  if (!isValid(type)) return type;
  std::span<Term*> keptTerms = arena_.copy(terms);
  std::span<Expr*> keptExprs = arena_.copy(exprs);
  later([=, this] { checkTerms(keptTerms, keptExprs); });
  return type;
}

Term* Checker::checkTerm(Expr* e) {
  auto* operation = as<Operation>(e);
  bool tilde = operation != nullptr && operation->op == Operator::Tilde;
  Expr* inner = tilde ? operation->x : e;
  Type* type = checkType(inner);
  if (isTypeParam(type)) {
    if (tilde) {
      error(inner, {"type in term ", e, " cannot be a type parameter"});
    } else {
      error(inner, {"term cannot be a type parameter"});
    }
    type = invalidType();
  }
  Term* term = make<Term>(Term{tilde, type});
  if (tilde) {
    Term* only[] = {term};
    recordType(e, make<Union>(Union{{TypeKind::Union}, arena_.copy(std::span<Term* const>(only))}));
  }
  return term;
}

void Checker::checkTerms(std::span<Term* const> terms, std::span<Expr* const> exprs) {
  auto text = [](const Term* term) { return (term->tilde ? "~" : "") + typeStringWithPaths(term->type); };
  for (size_t i = 0; i < terms.size(); i++) {
    Term* term = terms[i];
    if (!isValid(term->type)) continue;
    Type* under = underlying(term->type);
    auto* interface = as<Interface>(under);
    if (term->tilde && interface != nullptr) {
      error(exprs[i], {"invalid use of ~ (", term->type, " is an interface)"});
      continue;
    }
    if (term->tilde && !identical(under, term->type)) {
      error(exprs[i], {"invalid use of ~ (underlying type of ", term->type, " is ", under, ")"});
      continue;
    }
    if (interface != nullptr) {
      TypeSet* set = typeSetOf(interface);
      if (!set->methods.empty()) {
        error(exprs[i], {"cannot use ", text(term), " in union (", text(term), " contains methods)"});
      } else if (term->type == universe_.comparableObject->type) {
        error(exprs[i], {"cannot use comparable in union"});
      } else if (set->comparable) {
        error(exprs[i], {"cannot use ", text(term), " in union (", text(term), " embeds comparable)"});
      }
      continue;  // interfaces may overlap with other terms
    }
    for (size_t j = 0; j < i; j++) {
      if (types::under<Interface>(terms[j]->type) != nullptr || disjoint(*terms[j], *term)) continue;
      error(exprs[i], {"overlapping terms ", text(term), " and ", text(terms[j])});
      break;
    }
  }
}

}  // namespace millrace::types
