package dev.serai.gateway;

import dev.serai.config.check.ModelReferences;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Permission;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.IssuedKey;
import dev.serai.processors.keys.KeyJson;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Prints what {@code serai keys} has done, as text for people or as JSON. The only place where a
 * key itself is printed is the result of a creation or a rotation.
 */
final class KeyPrinter {
  private static final String ROW = "%-28s  %-20s  %-12s  %-10s  %-9s  %-18s  %s%n";

  /** It is served without any key of a provider. */
  private static final String GUIDE = "persona/guide";

  private final PrintStream out;
  private final boolean json;
  private final String address;
  private final Function<ApiKey, ApiKey.Usage> usage;

  /**
   * @param address of the gateway, for the next step
   * @param usage what a key has spent
   */
  KeyPrinter(PrintStream out, boolean json, String address, Function<ApiKey, ApiKey.Usage> usage) {
    this.out = out;
    this.json = json;
    this.address = address;
    this.usage = usage;
  }

  /**
   * A key with its secret.
   *
   * @param closes whether requests needed no key before it
   * @param models which models are served, and why others are not
   */
  void issued(IssuedKey issued, boolean closes, ModelReferences models) {
    ApiKey key = issued.key();
    List<String> warnings = models.warnings(key.identity().models().patterns());
    if (json) {
      object(
          data -> {
            KeyJson.members(data, key, usage.apply(key)).member("key", issued.secret());
            data.name("warnings").beginArray();
            warnings.forEach(data::value);
            data.endArray();
          });
      return;
    }
    out.println("key   " + issued.secret());
    out.println("id    " + key.id() + "  name " + key.name() + "  tenant " + key.tenant());
    out.println();
    out.println("It is shown this once. A gateway that runs knows it within five seconds.");
    warnings.forEach(warning -> out.println("warning: " + warning));
    if (closes) {
      out.println("From now on every request to this gateway needs a key.");
    }
    out.println();
    out.println("next:");
    out.println("  export SERAI_KEY=" + issued.secret());
    out.println(example(key, models));
  }

  private String example(ApiKey key, ModelReferences known) {
    String header = " -H \"authorization: Bearer $SERAI_KEY\"";
    if (!key.role().permissions().contains(Permission.CHAT_BASIC)) {
      return "  curl " + address + "/v1/keys" + header;
    }
    AllowList models = key.identity().models();
    Optional<String> model =
        Stream.concat(models.patterns().stream(), Stream.of(GUIDE))
            .filter(name -> !name.endsWith("*") && models.allows(name) && known.isServed(name))
            .findFirst();
    if (model.isEmpty()) {
      return "  curl " + address + "/v1/models" + header;
    }
    return "  curl "
        + address
        + "/v1/chat/completions"
        + header
        + " \\\n    -H 'content-type: application/json' -d '{\"model\":\""
        + model.get()
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'";
  }

  void one(ApiKey key) {
    if (json) {
      object(data -> KeyJson.members(data, key, usage.apply(key)));
    } else {
      new KeyLines(key, usage.apply(key)).all().forEach(out::println);
    }
  }

  /**
   * The keys, as a table or as JSON.
   *
   * @param tenant the only one whose keys they are
   */
  void list(List<ApiKey> keys, Optional<String> tenant) {
    if (json) {
      JsonWriter list = new JsonWriter().beginObject().name("data").beginArray();
      keys.forEach(key -> KeyJson.members(list.beginObject(), key, usage.apply(key)).endObject());
      print(list.endArray().endObject());
      return;
    }
    if (keys.isEmpty()) {
      String whose = tenant.map(name -> " of the tenant '" + name + "'").orElse("");
      out.println(
          "There are no stored keys" + whose + ". Create one with ./serai keys create --name NAME");
      return;
    }
    out.printf(Locale.ROOT, ROW, "ID", "NAME", "TENANT", "ROLE", "STATE", "KEY", "MODELS");
    for (ApiKey key : keys) {
      List<String> models = key.identity().models().patterns();
      out.printf(
          Locale.ROOT,
          ROW,
          key.id(),
          key.name(),
          key.tenant(),
          key.role().name(),
          key.disabled() ? "disabled" : "active",
          key.label(),
          models.isEmpty() ? "all" : String.join(",", models));
    }
  }

  /**
   * A key that is gone.
   *
   * @param follows what its end means for the gateway
   */
  void revoked(ApiKey key, Optional<String> follows) {
    if (json) {
      JsonWriter object = new JsonWriter().beginObject().member("id", key.id());
      object.member("deleted", true).name("warnings").beginArray();
      follows.ifPresent(object::value);
      print(object.endArray().endObject());
    } else {
      out.println("The key " + key.name() + " (" + key.id() + ") is revoked.");
      follows.ifPresent(out::println);
    }
  }

  /** A sentence for people; JSON has no place for it. */
  void note(String sentence) {
    if (!json) {
      out.println(sentence);
    }
  }

  private void object(Consumer<JsonWriter> members) {
    JsonWriter data = new JsonWriter().beginObject().name("data").beginObject();
    members.accept(data);
    print(data.endObject().endObject());
  }

  private void print(JsonWriter writer) {
    out.println(new String(writer.bytes(), StandardCharsets.UTF_8));
  }
}
