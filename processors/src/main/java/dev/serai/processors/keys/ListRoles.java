package dev.serai.processors.keys;

import dev.serai.core.caller.Permission;
import dev.serai.core.caller.Role;
import dev.serai.core.json.JsonWriter;
import dev.serai.processors.support.JsonReply;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Lists the roles with their permissions. Thread-safe. */
public final class ListRoles implements Processor {
  private static final byte[] ROLES = roles();

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(JsonReply.uncached(ROLES));
  }

  private static byte[] roles() {
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    for (Role role : Role.values()) {
      json.beginObject().member("id", role.name().toLowerCase(Locale.ROOT));
      json.name("permissions").beginArray();
      role.permissions().stream().map(Permission::label).forEach(json::value);
      json.endArray().endObject();
    }
    return json.endArray().endObject().bytes();
  }
}
