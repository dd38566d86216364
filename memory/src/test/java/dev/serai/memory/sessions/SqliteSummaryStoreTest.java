package dev.serai.memory.sessions;

class SqliteSummaryStoreTest extends SummaryStoreContract {
  @Override
  String url() {
    return "sqlite";
  }
}
