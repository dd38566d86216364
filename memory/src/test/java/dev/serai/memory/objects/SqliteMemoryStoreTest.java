package dev.serai.memory.objects;

class SqliteMemoryStoreTest extends MemoryStoreContract {
  @Override
  String url() {
    return "sqlite";
  }
}
