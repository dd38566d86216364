package dev.serai.memory.sessions;

class SqliteSessionStoreTest extends SessionStoreContract {
  @Override
  String url() {
    return "sqlite";
  }
}
