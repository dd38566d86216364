package dev.serai.adapters.dialects.gemini;

import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code inlineData} and {@code fileData}. */
final class RequestMediaReader {
  private static final String AUDIO = "audio/";

  private RequestMediaReader() {}

  /** The media in a part, if it has any. */
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
          return new AudioPart(base64, "wav");
        }
        case "mp3", "mpeg" -> {
          return new AudioPart(base64, "mp3");
        }
        default -> {
          // Other dialects know it only as a file.
        }
      }
    }
    return of(type, new InlineSource(type, base64), data);
  }

  private static Part file(ProtoFields data) {
    String uri = data.requiredText("fileUri");
    String type = data.text("mimeType").orElse("");
    boolean own = !uri.startsWith("http") || uri.contains("googleapis.com/");
    return of(type, own ? new UploadedSource(uri) : new UrlSource(uri), data);
  }

  private static Part of(String type, MediaSource source, ProtoFields data) {
    return type.startsWith("image/")
        ? new ImagePart(source, Optional.empty())
        : new FilePart(source, data.text("displayName"));
  }
}
