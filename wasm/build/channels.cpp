// Sending, receiving and select. Values travel through the goroutine's stage: memory that stays with it while it is parked.
#include <algorithm>

#include "runtime/abi/layout.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"

namespace millrace::build {

using namespace syntax;
using types::BasicKind;
using types::under;

void FunctionBuilder::sendStatement(const SendStmt* statement) {
  Value channel = hold(eval(statement->chan));
  Value value = evalAs(statement->value, under<types::Chan>(channel.type)->element);
  setPos(statement->pos);
  Expr* area = stageValue(value);
  callEntry(abi::Entry::chanSend, {again(channel.leaves[0]), area});
}

// The value in memory that nobody changes while the goroutine waits.
Expr* FunctionBuilder::stageValue(const Value& value) {
  const Layout& layout = layoutOf(value.type);
  if (layout.size == 0) return make_.i32(0);
  Expr* area = stage(layout.size);
  storeValue({again(area), 0}, value);
  return area;
}

// The value and whether there was one (1) or the channel is closed (0).
std::pair<Value, Expr*> FunctionBuilder::receive(const Value& channel, Type* element) {
  const Layout& layout = layoutOf(element);
  if (layout.inMemory) {
    Expr* into = newObject(element);
    Expr* ok = callEntry(abi::Entry::chanRecv, {channel.leaves[0], again(into)});
    privateObjects_.insert(into->offset);
    return {inMemory(element, {into, 0}), ok};
  }
  Expr* channelWord = hold(channel.leaves[0]);
  Expr* into = layout.size == 0 ? make_.i32(0) : stage(layout.size);
  Expr* ok = callEntry(abi::Entry::chanRecv, {channelWord, into});
  if (layout.size == 0) return {zeroValue(element), ok};
  // The goroutine may have moved to another worker, but its stage is the same: it is asked for again.
  Value value = settle(loadValue(element, {stage(0), 0}));
  return {value, ok};
}

// Nothing on the left of a received value that is evaluated only when there is one.
static bool assignsToNames(const CommClause* clause) {
  auto* assign = syntax::as<const AssignStmt>(clause->comm);
  if (assign == nullptr || assign->op == Operator::Define) return true;
  auto* list = syntax::as<const ListExpr>(assign->lhs);
  if (list == nullptr) return syntax::as<const Name>(assign->lhs) != nullptr;
  return std::all_of(list->elements.begin(), list->elements.end(),
                     [](const syntax::Expr* e) { return syntax::as<const Name>(e) != nullptr; });
}

// As in Go it waits as the statement would by itself.
void FunctionBuilder::onlyCase(const SelectStmt* select, const CommClause* clause) {
  BlockId end = newBlock();
  targets_.push_back({select, end, kNone});
  statement(clause->comm);
  statements(clause->body);
  jump(end);
  targets_.pop_back();
  startBlock(end);
}

void FunctionBuilder::selectStatement(const SelectStmt* statement) {
  struct Case {
    const CommClause* clause = nullptr;
    const SendStmt* send = nullptr;
    syntax::Expr* left = nullptr;   // of a receive with assignment
    bool define = false;
    Value channel, value;                 // value: what is sent, settled
    Type* element = nullptr;
    Expr* object = nullptr;               // a received value that lies in memory
    uint32_t offset = 0;                  // in the stage
  };
  std::vector<Case> cases;
  const CommClause* defaultClause = nullptr;
  if (statement->body.size() == 1 && statement->body[0]->comm != nullptr && assignsToNames(statement->body[0])) {
    return onlyCase(statement, statement->body[0]);
  }
  setPos(statement->pos);
  // Channels and values to send are evaluated once, in the order of the text.
  for (const CommClause* clause : statement->body) {
    if (clause->comm == nullptr) {
      defaultClause = clause;
      continue;
    }
    Case c;
    c.clause = clause;
    if (auto* send = syntax::as<const SendStmt>(clause->comm)) {
      c.send = send;
      c.channel = settle(eval(send->chan));
      c.element = under<types::Chan>(c.channel.type)->element;
      c.value = settle(evalAs(send->value, c.element));
    } else {
      const syntax::Expr* receive;
      if (auto* assign = syntax::as<const AssignStmt>(clause->comm)) {
        c.left = assign->lhs;
        c.define = assign->op == Operator::Define;
        receive = assign->rhs;
      } else {
        receive = static_cast<const ExprStmt*>(clause->comm)->x;
      }
      auto* operation = static_cast<const Operation*>(unparen(const_cast<syntax::Expr*>(receive)));
      c.channel = settle(eval(operation->x));
      c.element = under<types::Chan>(c.channel.type)->element;
      if (c.left != nullptr && layoutOf(c.element).inMemory) c.object = newObject(c.element);
    }
    cases.push_back(c);
  }
  BlockId end = newBlock();
  targets_.push_back({statement, end, kNone});
  setPos(statement->pos);

  auto count = static_cast<uint32_t>(cases.size());
  Expr* chosen = nullptr;
  if (count == 0 && defaultClause == nullptr) {
    callEntry(abi::Entry::parkForever, {});
    unreachable();
  } else if (count != 0) {
    uint64_t bytes = count * sizeof(abi::SelectCase);
    for (Case& c : cases) {
      const Layout& layout = layoutOf(c.element);
      if (layout.inMemory) continue;
      bytes = (bytes + 7) & ~uint64_t{7};
      c.offset = static_cast<uint32_t>(bytes);
      bytes += layout.size;
    }
    Expr* area = stage(bytes);
    for (uint32_t i = 0; i < count; i++) {
      Case& c = cases[i];
      const Layout& layout = layoutOf(c.element);
      Pointer record = {again(area), static_cast<uint32_t>(i * sizeof(abi::SelectCase))};
      Expr* value = make_.i32(0);
      bool wanted = c.send != nullptr || c.left != nullptr;
      if (wanted && layout.size != 0) {
        if (c.send != nullptr && c.value.inMemory()) value = addressOf({c.value.address, c.value.offset});
        else if (c.object != nullptr) value = again(c.object);
        else value = addressOf({again(area), c.offset});
      }
      if (c.send != nullptr && !c.value.inMemory()) storeValue({again(area), c.offset}, c.value);
      storePointer(shifted(record, offsetof(abi::SelectCase, chan)), again(c.channel.leaves[0]));
      storePointer(shifted(record, offsetof(abi::SelectCase, value)), value);
      store(Op::I32Store, shifted(record, offsetof(abi::SelectCase, isSend)), make_.i32(c.send != nullptr));
    }
    chosen = callEntry(abi::Entry::select, {area, make_.i32(static_cast<int32_t>(count)), make_.i32(defaultClause != nullptr)});
  }
  // Cases in order, then default.
  std::vector<BlockId> blocks;
  for (uint32_t i = 0; i < count; i++) blocks.push_back(newBlock());
  BlockId otherwise = newBlock();
  blocks.push_back(otherwise);
  if (chosen != nullptr) switchOn(chosen, blocks);
  else jump(otherwise);
  for (uint32_t i = 0; i < count; i++) {
    Case& c = cases[i];
    startBlock(blocks[i]);
    setPos(c.clause->pos);
    if (c.left != nullptr) {
      Expr* received = settle(make_.load(Op::I32Load, goroutine(), offsetof(abi::GoroutineAbi, received)));
      Value value = c.object != nullptr ? inMemory(c.element, {again(c.object), 0})
                                        : settle(loadValue(c.element, {stage(0), c.offset}));
      auto left = listOf(c.left);
      std::vector<Value> values = {value};
      if (left.size() == 2) values.push_back(valueOf(basic(BasicKind::Bool), std::vector<Expr*>{received}));
      assignAll(left, values, c.define);
    }
    statements(c.clause->body);
    jump(end);
  }
  startBlock(otherwise);
  if (defaultClause != nullptr) {
    setPos(defaultClause->pos);
    statements(defaultClause->body);
    jump(end);
  } else {
    unreachable();
  }
  targets_.pop_back();
  startBlock(end);
}

}  // namespace millrace::build
