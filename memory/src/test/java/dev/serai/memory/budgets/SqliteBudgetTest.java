package dev.serai.memory.budgets;

class SqliteBudgetTest extends ClockContract {
  @Override
  String url() {
    return "sqlite:" + folder.resolve("shared.db");
  }
}
