package dev.serai.memory.responses;

class SqliteResponseStoreTest extends ResponseStoreContract {
  @Override
  String url() {
    return "sqlite";
  }
}
