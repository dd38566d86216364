package dev.serai.processors.admin;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.keys.ApiKey;

/** Writes keys as JSON. Pure. */
final class AdminKeyJson {
  private AdminKeyJson() {}

  /** The members of a key, without the key itself. */
  static JsonWriter members(JsonWriter json, ApiKey key) {
    json.member("hash_prefix", key.id()).name("roles").beginArray();
    json.value(key.role().name()).endArray();
    return json.member("name", key.name())
        .member("tenant", key.tenant())
        .member("label", key.label())
        .member("disabled", key.disabled())
        .member("created_at", key.created());
  }
}
