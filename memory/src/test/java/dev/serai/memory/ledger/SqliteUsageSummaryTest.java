package dev.serai.memory.ledger;

class SqliteUsageSummaryTest extends UsageSummaryContract {
  @Override
  String url() {
    return "sqlite";
  }
}
