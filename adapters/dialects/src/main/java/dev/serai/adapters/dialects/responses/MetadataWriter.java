package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.request.UnmappedFields;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/**
 * Writes the {@code metadata} of a client of chat completions if it is within the limits of the API
 * reference: 16 texts of 512 characters under names of 64. Other metadata stays unmapped, and so is
 * reported.
 */
final class MetadataWriter {
  private static final String NAME = "metadata";
  private static final int MAX_ENTRIES = 16;
  private static final int MAX_NAME = 64;
  private static final int MAX_TEXT = 512;

  private final JsonWriter out;

  MetadataWriter(JsonWriter out) {
    this.out = out;
  }

  void write(UnmappedFields unmapped) {
    unmapped
        .objectIf(NAME, MetadataWriter::isAccepted)
        .ifPresent(json -> out.name(NAME).json(json));
  }

  private static boolean isAccepted(String json) {
    JsonNode metadata = StrictJson.tree(json.getBytes(StandardCharsets.UTF_8));
    return metadata.size() <= MAX_ENTRIES
        && metadata.properties().stream()
            .allMatch(
                each ->
                    each.getKey().length() <= MAX_NAME
                        && each.getValue().isTextual()
                        && each.getValue().textValue().length() <= MAX_TEXT);
  }
}
