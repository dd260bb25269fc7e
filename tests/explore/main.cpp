// explore                            every scenario for some seconds: exhaustively, or if it has interleavings without end those
//                                    with at most two threads made to wait; then at random
// explore --seconds N                at most so long for each
// explore NAME... [--random | --bound N] [--seconds N] [--seed N]
// explore NAME --replay "0*12 1 0*3"
//
// Prints a line per scenario: how many interleavings, and whether those are all there are. Status 1 when one goes wrong; then
// the line tells which decisions lead there.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/explore/world.h"

using namespace millrace::explore;

namespace {

void tell(const Scenario& scenario, const char* how, const Report& report, double seconds) {
  std::printf("%-16s %-13s %9llu interleavings%s, up to %llu steps, %.1f s: %s\n", scenario.name.c_str(), how,
              static_cast<unsigned long long>(report.runs), report.complete ? " (all)" : "",
              static_cast<unsigned long long>(report.longest), seconds, report.failure.empty() ? "well" : report.failure.c_str());
  if (!report.failure.empty()) std::printf("    explore %s --replay \"%s\"\n", scenario.name.c_str(), report.decisions.c_str());
  std::fflush(stdout);
}

bool tryOne(const Scenario& scenario, const Method& method) {
  timespec before, after;
  clock_gettime(CLOCK_MONOTONIC, &before);
  Report report = explore(scenario, method);
  clock_gettime(CLOCK_MONOTONIC, &after);
  char how[32];
  if (method.kind == Method::Bounded) std::snprintf(how, sizeof how, "bound %d", method.preemptions);
  else std::snprintf(how, sizeof how, "%s", method.kind == Method::Random ? "random" : "exhaustive");
  tell(scenario, how, report, static_cast<double>(after.tv_sec - before.tv_sec) + static_cast<double>(after.tv_nsec - before.tv_nsec) / 1e9);
  return report.failure.empty();
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> names;
  double seconds = 2;
  Method method{Method::Exhaustive};
  bool chosen = false;
  const char* decisions = nullptr;
  for (int i = 1; i < count; i++) {
    std::string argument = arguments[i];
    auto value = [&] { return i + 1 < count ? arguments[++i] : ""; };
    if (argument == "--seconds") seconds = std::atof(value());
    else if (argument == "--random") method.kind = Method::Random, chosen = true;
    else if (argument == "--bound") method.kind = Method::Bounded, method.preemptions = std::atoi(value()), chosen = true;
    else if (argument == "--seed") method.seed = std::strtoull(value(), nullptr, 10);
    else if (argument == "--replay") decisions = value();
    else names.push_back(argument);
  }
  method.seconds = seconds;
  bool well = true, any = false;
  for (const Scenario& scenario : scenarios()) {
    if (!names.empty() && std::find(names.begin(), names.end(), scenario.name) == names.end()) continue;
    any = true;
    if (decisions) {
      Report report = replay(scenario, decisions);
      tell(scenario, "replay", report, 0);
      well = well && report.failure.empty();
    } else if (chosen) {
      well = tryOne(scenario, method) && well;
    } else {
      if (!scenario.endless) well = tryOne(scenario, method) && well;
      else well = tryOne(scenario, {Method::Bounded, method.preemptions, method.seed, UINT64_MAX, seconds}) && well;
      well = tryOne(scenario, {Method::Random, 0, method.seed, UINT64_MAX, seconds / 3}) && well;
    }
  }
  if (!any) std::fprintf(stderr, "no such scenario\n");
  return well && any ? 0 : 1;
}
