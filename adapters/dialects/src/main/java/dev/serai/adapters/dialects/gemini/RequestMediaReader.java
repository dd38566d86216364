package dev.serai.adapters.dialects.gemini;

import dev.serai.core.chat.Conversation.Audio;
import dev.serai.core.chat.Conversation.File;
import dev.serai.core.chat.Conversation.Image;
import dev.serai.core.chat.Conversation.Inline;
import dev.serai.core.chat.Conversation.Media;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Remote;
import dev.serai.core.chat.Conversation.Uploaded;
import java.util.Locale;
import java.util.Optional;

/** Understands {@code inlineData} and {@code fileData}. */
final class RequestMediaReader {
  private static final String AUDIO = "audio/";

  private RequestMediaReader() {}

  /** The media in a part, if it is one. */
  static Optional<Part> read(ProtoFields part) {
    Optional<ProtoFields> inline = part.object("inlineData");
    if (inline.isPresent()) {
      return Optional.of(inline(inline.get()));
    }
    return part.object("fileData").map(RequestMediaReader::file);
  }

  private static Part inline(ProtoFields data) {
    String type = data.text("mimeType").orElse("").toLowerCase(Locale.ROOT);
    String base64 = data.text("data").orElse("").replace('-', '+').replace('_', '/');
    if (type.startsWith(AUDIO)) {
      String format = type.substring(AUDIO.length());
      switch (format) {
        case "wav", "x-wav" -> {
          return new Audio(base64, "wav");
        }
        case "mp3", "mpeg" -> {
          return new Audio(base64, "mp3");
        }
        default -> {
          // Nobody else has a word for it but file.
        }
      }
    }
    return of(type, new Inline(type, base64), data.text("displayName"));
  }

  private static Part file(ProtoFields data) {
    String uri = data.requiredText("fileUri");
    String type = data.text("mimeType").orElse("");
    boolean own = !uri.startsWith("http") || uri.contains("googleapis.com/");
    return of(type, own ? new Uploaded(uri) : new Remote(uri), data.text("displayName"));
  }

  private static Part of(String type, Media source, Optional<String> name) {
    return type.startsWith("image/") ? new Image(source, Optional.empty()) : new File(source, name);
  }
}
