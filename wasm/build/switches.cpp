// switch on values and on types.
#include <algorithm>

#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"
#include "wasm/types/constant.h"

namespace millrace::build {

using namespace syntax;
using types::BasicKind;
using types::under;

void FunctionBuilder::switchStatement(const SwitchStmt* statement) {
  if (statement->init != nullptr) this->statement(statement->init);
  BlockId end = newBlock();
  std::vector<BlockId> bodies;
  BlockId otherwise = end;
  for (const CaseClause* clause : statement->body) {
    bodies.push_back(newBlock());
    if (clause->cases == nullptr) otherwise = bodies.back();
  }
  setPos(statement->pos);
  if (statement->tag == nullptr) {
    for (size_t i = 0; i < bodies.size(); i++) {
      for (const syntax::Expr* e : listOf(statement->body[i]->cases)) {
        BlockId next = newBlock();
        condition(e, bodies[i], next);
        startBlock(next);
      }
    }
    jump(otherwise);
  } else {
    const auto isConstant = [&](const syntax::Expr* e) { return info_.of(e).mode == types::Mode::Constant; };
    bool areConstant = std::all_of(statement->body.begin(), statement->body.end(), [&](const CaseClause* clause) {
      auto cases = listOf(clause->cases);
      return std::all_of(cases.begin(), cases.end(), isConstant);
    });
    Value tag = settle(areConstant ? evalUncopied(statement->tag) : eval(statement->tag));
    if (!switchByTable(statement, tag, bodies, otherwise)) {
      for (size_t i = 0; i < bodies.size(); i++) {
        for (const syntax::Expr* e : listOf(statement->body[i]->cases)) {
          BlockId next = newBlock();
          Value value = eval(e);
          Value left = again(tag);
          if (types::isInterface(left.type) && !types::isInterface(value.type)) value = assignable(value, left.type);
          else if (!types::isInterface(left.type) && types::isInterface(value.type)) left = assignable(left, value.type);
          setPos(e->pos);
          branch(equal(left, value), bodies[i], next);
          startBlock(next);
        }
      }
      jump(otherwise);
    }
  }
  clauseBodies(statement, bodies, end);
}

// Integer constants close to each other select by a table.
bool FunctionBuilder::switchByTable(const SwitchStmt* statement, const Value& tag, std::span<const BlockId> bodies,
                                    BlockId otherwise) {
  auto* basicType = under<types::Basic>(tag.type);
  if (basicType == nullptr || basicType->basic < BasicKind::Int || basicType->basic > BasicKind::Uintptr) return false;
  std::vector<std::pair<int64_t, BlockId>> cases;
  for (size_t i = 0; i < bodies.size(); i++) {
    for (const syntax::Expr* e : listOf(statement->body[i]->cases)) {
      const auto& known = info_.of(e);
      int64_t value;
      if (known.mode != types::Mode::Constant || !types::exactInt64(known.value, &value)) return false;
      cases.push_back({value, bodies[i]});
    }
  }
  if (cases.size() < 4) return false;
  int64_t low = cases[0].first, high = low;
  for (auto& [value, body] : cases) low = std::min(low, value), high = std::max(high, value);
  uint64_t span = static_cast<uint64_t>(high) - static_cast<uint64_t>(low);
  if (span >= 4 * cases.size() + 16 || span > 4096) return false;
  std::vector<BlockId> targets(span + 2, otherwise);
  for (auto at = cases.rbegin(); at != cases.rend(); ++at) {
    targets[static_cast<uint64_t>(at->first) - static_cast<uint64_t>(low)] = at->second;
  }
  Expr* distance = hold(make_.binary(Op::I64Sub, toInt64(tag), make_.i64(low)));
  Expr* inside = make_.binary(Op::I64LeU, again(distance), make_.i64(static_cast<int64_t>(span)));
  switchOn(make_.select(inside, make_.unary(Op::I32WrapI64, again(distance)), make_.i32(static_cast<int32_t>(span) + 1)), targets);
  return true;
}

void FunctionBuilder::clauseBodies(const SwitchStmt* statement, std::span<const BlockId> bodies, BlockId end) {
  targets_.push_back({statement, end, kNone});
  BlockId outerFallthrough = fallthrough_;
  for (size_t i = 0; i < bodies.size(); i++) {
    startBlock(bodies[i]);
    fallthrough_ = i + 1 < bodies.size() ? bodies[i + 1] : kNone;
    statements(statement->body[i]->body);
    jump(end);
  }
  fallthrough_ = outerFallthrough;
  targets_.pop_back();
  startBlock(end);
}

void FunctionBuilder::typeSwitch(const SwitchStmt* statement) {
  if (statement->init != nullptr) this->statement(statement->init);
  auto* guard = static_cast<const TypeSwitchGuard*>(statement->tag);
  setPos(guard->pos);
  Value x = settle(eval(guard->x));
  Expr* dynamic = settle(dynamicType(x));
  BlockId end = newBlock(), otherwise = end;
  std::vector<BlockId> bodies;
  for (const CaseClause* clause : statement->body) {
    bodies.push_back(newBlock());
    if (clause->cases == nullptr) otherwise = bodies.back();
  }
  // The method table found for a clause of one interface type.
  std::vector<LocalId> tables(bodies.size(), kNone);
  for (size_t i = 0; i < bodies.size(); i++) {
    auto cases = listOf(statement->body[i]->cases);
    for (const syntax::Expr* e : cases) {
      BlockId next = newBlock();
      setPos(e->pos);
      Type* type = typeOf(e);
      if (info_.of(e).mode == types::Mode::NilValue) {
        branch(make_.isZero(again(dynamic)), bodies[i], next);
      } else if (types::isInterface(type)) {
        auto [value, ok] = assertType(again(x), type, true);
        if (cases.size() == 1) {
          tables[i] = newLocal(ValueType::I32);
          set(tables[i], value.leaves[0]);
        }
        branch(ok, bodies[i], next);
      } else {
        auto descriptor = static_cast<int32_t>(program_.descriptorOf(type));
        branch(make_.binary(Op::I32Eq, again(dynamic), make_.i32(descriptor)), bodies[i], next);
      }
      startBlock(next);
    }
  }
  jump(otherwise);
  targets_.push_back({statement, end, kNone});
  for (size_t i = 0; i < bodies.size(); i++) {
    const CaseClause* clause = statement->body[i];
    startBlock(bodies[i]);
    setPos(clause->pos);
    if (auto found = info_.clauseVars.find(clause); found != info_.clauseVars.end()) {
      Type* type = substitute(found->second->type);
      Value value = again(x);
      auto cases = listOf(clause->cases);
      if (tables[i] != kNone) value = valueOf(type, std::vector<Expr*>{get(tables[i]), again(x.leaves[1])});
      else if (cases.size() == 1 && info_.of(cases[0]).mode != types::Mode::NilValue) value = unpackInterface(value, type);
      declareVariable(found->second, &value);
    }
    statements(clause->body);
    jump(end);
  }
  targets_.pop_back();
  startBlock(end);
}

}  // namespace millrace::build
