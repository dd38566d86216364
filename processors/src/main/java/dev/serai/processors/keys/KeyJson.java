package dev.serai.processors.keys;

import dev.serai.core.caller.Identity;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.IssuedKey;
import dev.serai.core.rate.Allowance;
import dev.serai.core.rate.RateLimits;
import dev.serai.core.time.Timestamps;
import dev.serai.core.usage.Money;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes keys as JSON, in the shape of OpenRouter's. Pure. */
public final class KeyJson {
  private KeyJson() {}

  static byte[] one(ApiKey key, ApiKey.Usage usage) {
    return data(key, usage).endObject().bytes();
  }

  /**
   * A key that was changed.
   *
   * @param warnings what may be wrong with it
   */
  static byte[] changed(ApiKey key, ApiKey.Usage usage, List<String> warnings) {
    JsonWriter json = data(key, usage);
    json.member("warnings", warnings);
    return json.endObject().bytes();
  }

  /** A key that was created, with its secret and what may be wrong with it. */
  static byte[] created(IssuedKey issued, ApiKey.Usage usage, List<String> warnings) {
    JsonWriter json = data(issued.key(), usage).member("key", issued.secret());
    json.member("warnings", warnings);
    return json.endObject().bytes();
  }

  /** A key that has a new secret. */
  static byte[] issued(IssuedKey issued, ApiKey.Usage usage) {
    return data(issued.key(), usage).member("key", issued.secret()).endObject().bytes();
  }

  private static JsonWriter data(ApiKey key, ApiKey.Usage usage) {
    JsonWriter json = new JsonWriter().beginObject().name("data").beginObject();
    return members(json, key, usage).endObject();
  }

  /**
   * A page of keys.
   *
   * @param usage that of each key
   * @param more whether others follow
   */
  static byte[] page(List<ApiKey> keys, List<ApiKey.Usage> usage, boolean more) {
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    for (int i = 0; i < keys.size(); i++) {
      members(json.beginObject(), keys.get(i), usage.get(i)).endObject();
    }
    return json.endArray().member("has_more", more).endObject().bytes();
  }

  /**
   * Writes the members of a key into an object, without the key itself.
   *
   * @return the same writer
   */
  public static JsonWriter members(JsonWriter json, ApiKey key, ApiKey.Usage usage) {
    Identity identity = key.identity();
    json.member("id", key.id())
        .member("name", key.name())
        .member("label", key.label())
        .member("disabled", key.disabled())
        .member("created_at", key.created())
        .member("updated_at", key.updated());
    optional(json, "expires_at", key.expires().map(Timestamps::text));
    json.member("role", key.role().name()).member("tenant", identity.tenant());
    optional(json, "team", Optional.of(identity.team()).filter(text -> !text.isEmpty()));
    optional(json, "user", Optional.of(identity.user()).filter(text -> !text.isEmpty()));
    json.member("models", identity.models().patterns());
    json.member("tools", identity.tools().patterns());
    json.member("tags", identity.tags().stream().sorted().toList());
    limits(json, identity.limits());
    spending(json, key.spending(), usage);
    return json;
  }

  private static void spending(JsonWriter json, ApiKey.Spending limit, ApiKey.Usage usage) {
    amount(json, "limit", limit.nanoUsd());
    optional(json, "limit_reset", reset(limit));
    amount(json, "limit_remaining", limit.remaining(usage));
    json.member("usage", Money.usd(usage.total()))
        .member("usage_daily", Money.usd(usage.daily()))
        .member("usage_weekly", Money.usd(usage.weekly()))
        .member("usage_monthly", Money.usd(usage.monthly()));
  }

  /** How often a limit begins anew; empty if it does not. */
  public static Optional<String> reset(ApiKey.Spending limit) {
    return switch (limit.reset()) {
      case DAY -> Optional.of("daily");
      case WEEK -> Optional.of("weekly");
      case MONTH -> Optional.of("monthly");
      case TOTAL -> Optional.empty();
    };
  }

  private static void amount(JsonWriter json, String name, OptionalLong nanoUsd) {
    nanoUsd.ifPresentOrElse(
        amount -> json.member(name, Money.usd(amount)), () -> json.nullMember(name));
  }

  private static void limits(JsonWriter json, RateLimits limits) {
    json.name("limits").beginObject();
    for (Allowance each : limits.allowances()) {
      json.member(RateLimits.name(each.window()), each.amount());
      if (each.capacity() != each.amount()) {
        json.member("burst", each.capacity());
      }
    }
    json.endObject();
  }

  private static void optional(JsonWriter json, String name, Optional<String> text) {
    text.ifPresentOrElse(value -> json.member(name, value), () -> json.nullMember(name));
  }
}
