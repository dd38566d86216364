package dev.serai.processors.people;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.people.Tenant;
import dev.serai.core.people.TenantUser;
import dev.serai.processors.management.Pages;
import java.util.function.BiConsumer;

/** Writes tenants and users as JSON. Pure. */
final class PeopleJson {
  private PeopleJson() {}

  /** One tenant or user. */
  static <T> byte[] one(T value, BiConsumer<JsonWriter, T> writer) {
    JsonWriter json = new JsonWriter().beginObject().name("data");
    writer.accept(json, value);
    return json.endObject().bytes();
  }

  static <T> byte[] page(Pages.Page<T> page, BiConsumer<JsonWriter, T> writer) {
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    page.items().forEach(value -> writer.accept(json, value));
    return json.endArray().member("has_more", page.more()).endObject().bytes();
  }

  static void tenant(JsonWriter json, Tenant tenant) {
    json.beginObject()
        .member("id", tenant.id())
        .member("description", tenant.description())
        .member("time_zone", tenant.timeZone().getId())
        .member("disabled", tenant.disabled())
        .member("created_at", tenant.created())
        .member("updated_at", tenant.updated())
        .endObject();
  }

  static void user(JsonWriter json, TenantUser user) {
    json.beginObject()
        .member("id", user.id())
        .member("name", user.name())
        .member("tenant", user.tenant())
        .member("role", user.role().name())
        .name("teams")
        .beginArray();
    user.teams().forEach(json::value);
    json.endArray()
        .member("description", user.description())
        .member("disabled", user.disabled())
        .member("created_at", user.created())
        .member("updated_at", user.updated())
        .endObject();
  }
}
