package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.media.DataUrl;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import dev.serai.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes images that a model generated: {@code images} of a message, a list of {@code
 * image_url} with data URLs. OpenAI's chat completions have no member for them; this one is
 * OpenRouter's (openrouter.ai/docs, Image generation), which others use too.
 */
final class MessageImages {
  /** The member's name. */
  static final String NAME = "images";

  private static final String TYPE = "image_url";

  private MessageImages() {}

  /** The images of a message or of a delta. */
  static List<ImagePart> read(JsonNode message) {
    return list(message.path(NAME));
  }

  /** The images of such a list. */
  static List<ImagePart> list(JsonNode images) {
    if (images.isEmpty()) {
      return List.of();
    }
    List<ImagePart> read = new ArrayList<>(images.size());
    for (JsonNode image : images) {
      String url = image.path(TYPE).path("url").asText("");
      if (!url.isEmpty()) {
        read.add(new ImagePart(DataUrl.read(url), Optional.empty()));
      }
    }
    return read;
  }

  /**
   * Writes the images as a member of a message; nothing if there are none.
   *
   * @param first the index of the first one, counted over the whole response
   */
  static void write(JsonWriter out, int first, List<ImagePart> images) {
    if (images.isEmpty()) {
      return;
    }
    out.name(NAME).beginArray();
    for (int i = 0; i < images.size(); i++) {
      out.beginObject().member("index", first + i).member("type", TYPE);
      out.name(TYPE).beginObject().member("url", url(images.get(i))).endObject().endObject();
    }
    out.endArray();
  }

  private static String url(ImagePart image) {
    return switch (image.source()) {
      case InlineSource inline -> DataUrl.write(inline);
      case UrlSource remote -> remote.url();
      case UploadedSource uploaded -> uploaded.fileId();
    };
  }
}
