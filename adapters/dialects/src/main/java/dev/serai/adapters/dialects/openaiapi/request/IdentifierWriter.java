package dev.serai.adapters.dialects.openaiapi.request;

import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.request.UnmappedFields;
import dev.serai.adapters.dialects.tool.limit.TextLimit;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Writes what a client may say about itself and its account, which OpenAI's two APIs have alike.
 * For one request; not thread-safe.
 */
public final class IdentifierWriter {
  private static final Set<String> SERVICE_TIERS =
      Set.of("\"auto\"", "\"default\"", "\"flex\"", "\"scale\"", "\"priority\"");

  private final JsonWriter out;
  private final UnmappedFields unmapped;
  private final TextLimit limit;
  private final DroppedFields dropped;

  /**
   * @param limit of an identifier
   */
  public IdentifierWriter(
      JsonWriter out, UnmappedFields unmapped, TextLimit limit, DroppedFields dropped) {
    this.out = out;
    this.unmapped = unmapped;
    this.limit = limit;
    this.dropped = dropped;
  }

  /** Writes a member that is an identifier, shortened to the limit. */
  public void write(String member) {
    unmapped.text(member).ifPresent(json -> write(member, json));
  }

  private void write(String member, String json) {
    String given = StrictJson.tree(json.getBytes(StandardCharsets.UTF_8)).textValue();
    String fitted = limit.fit(given);
    if (!fitted.equals(given)) {
      dropped.add(member);
    }
    out.member(member, fitted);
  }

  /** Writes {@code service_tier}, if it is one of OpenAI's. */
  public void writeServiceTier() {
    unmapped
        .oneOf("service_tier", SERVICE_TIERS)
        .ifPresent(json -> out.name("service_tier").json(json));
  }
}
