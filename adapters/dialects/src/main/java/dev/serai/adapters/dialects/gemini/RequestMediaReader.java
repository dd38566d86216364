package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.media.FileNames;
import dev.serai.adapters.dialects.media.InlineMedia;
import dev.serai.adapters.dialects.media.MediaType;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import java.util.Optional;
import java.util.Set;

/** Reads {@code inlineData} and {@code fileData}. */
final class RequestMediaReader {
  private static final String AUDIO = "audio/";
  private static final Set<String> FORMATS = Set.of("wav", "mp3");

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
    String type = MediaType.parse(data.text("mimeType").orElse("")).essence();
    InlineSource source =
        InlineMedia.of(
            data.text("mimeType").orElse(""), data.text("data").orElse(""), Optional.empty());
    String format = InlineMedia.audioFormat(type);
    // Other dialects know other formats of audio only as a file.
    return type.startsWith(AUDIO) && FORMATS.contains(format)
        ? new AudioPart(source.base64(), format)
        : of(source.mediaType(), source, data);
  }

  private static Part file(ProtoFields data) {
    String uri = data.requiredText("fileUri");
    String type =
        data.text("mimeType")
            .filter(given -> !given.isBlank())
            .map(given -> MediaType.parse(given).essence())
            .or(() -> FileNames.typeOf(uri))
            .orElse("");
    boolean own = !uri.startsWith("http") || uri.contains("googleapis.com/");
    return of(type, own ? new UploadedSource(uri) : new UrlSource(uri), data);
  }

  private static Part of(String type, MediaSource source, ProtoFields data) {
    return type.startsWith("image/")
        ? new ImagePart(source, Optional.empty())
        : new FilePart(source, data.text("displayName"));
  }
}
