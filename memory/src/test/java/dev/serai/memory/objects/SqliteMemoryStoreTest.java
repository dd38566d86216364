package dev.serai.memory.objects;

class SqliteMemoryStoreTest extends DatabaseMemoryStoreContract {
  @Override
  String url() {
    return "sqlite";
  }
}
