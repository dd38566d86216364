package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.translation.DataUrl;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import dev.serai.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pictures that a model made: {@code images} of a message, a list of {@code image_url} with data
 * URLs. OpenAI has no word for them in a chat; this is OpenRouter's (openrouter.ai/docs, Image
 * generation), which others took up.
 */
final class Pictures {
  private static final String NAME = "images";
  private static final String PICTURE = "image_url";

  private Pictures() {}

  /** Those of a message or of a piece of one. */
  static List<ImagePart> read(JsonNode message) {
    JsonNode images = message.path(NAME);
    if (images.isEmpty()) {
      return List.of();
    }
    List<ImagePart> pictures = new ArrayList<>(images.size());
    for (JsonNode image : images) {
      String url = image.path(PICTURE).path("url").asText("");
      if (!url.isEmpty()) {
        pictures.add(new ImagePart(DataUrl.read(url), Optional.empty()));
      }
    }
    return pictures;
  }

  /**
   * As a member of a message; nothing if there are none.
   *
   * @param first the number of the first one, counted over the whole answer
   */
  static void write(JsonWriter out, int first, List<ImagePart> pictures) {
    if (pictures.isEmpty()) {
      return;
    }
    out.name(NAME).beginArray();
    for (int i = 0; i < pictures.size(); i++) {
      out.beginObject().member("index", first + i).member("type", PICTURE);
      out.name(PICTURE).beginObject().member("url", url(pictures.get(i))).endObject().endObject();
    }
    out.endArray();
  }

  private static String url(ImagePart picture) {
    return switch (picture.source()) {
      case InlineSource inline -> DataUrl.write(inline);
      case UrlSource remote -> remote.url();
      case UploadedSource uploaded -> uploaded.fileId();
    };
  }
}
