package dev.serai.memory.budgets;

class SqliteBudgetTest extends BudgetContract {
  @Override
  String url() {
    return "sqlite:" + folder.resolve("shared.db");
  }
}
