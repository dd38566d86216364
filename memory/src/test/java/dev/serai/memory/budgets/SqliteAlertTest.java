package dev.serai.memory.budgets;

class SqliteAlertTest extends AlertContract {
  @Override
  String url() {
    return "sqlite:" + folder.resolve("shared.db");
  }
}
