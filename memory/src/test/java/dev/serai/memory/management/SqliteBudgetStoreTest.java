package dev.serai.memory.management;

class SqliteBudgetStoreTest extends BudgetStoreContract {
  @Override
  String url() {
    return "sqlite:" + folder.resolve("shared.db");
  }
}
