package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.media.FileNames;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import java.util.Optional;

/** Writes images, files and audio as {@code inlineData} or {@code fileData}. */
final class RequestMediaWriter {
  private final JsonWriter out;
  private final boolean strict;
  private final DroppedFields dropped;

  /**
   * @param strict whether the server requires a media type, as Vertex AI does
   */
  RequestMediaWriter(JsonWriter out, boolean strict, DroppedFields dropped) {
    this.out = out;
    this.strict = strict;
    this.dropped = dropped;
  }

  /** Writes a part that is neither text nor reasoning nor a call. */
  void write(Part part) {
    switch (part) {
      case ImagePart image -> {
        if (image.detail().isPresent() && !image.detail().get().equals("auto")) {
          dropped.add("image_url.detail");
        }
        noteCache(image.cache());
        write(image.source(), strict ? Optional.of("image/jpeg") : Optional.empty());
      }
      case FilePart file -> {
        noteCache(file.cache());
        if (file.filename().filter(name -> !name.isBlank()).isPresent()) {
          dropped.add("messages.content.filename");
        }
        write(file.source(), file.filename().flatMap(FileNames::typeOf));
      }
      case AudioPart audio -> inline(new InlineSource("audio/" + audio.format(), audio.base64()));
      case TextPart _, ToolCallPart _, ReasoningPart _ ->
          throw new IllegalArgumentException("not media");
    }
  }

  private void noteCache(Optional<CacheMark> mark) {
    if (mark.isPresent()) {
      dropped.add("cache_control");
    }
  }

  /**
   * @param type of remote media, if the URL has no ending that tells it
   */
  private void write(MediaSource media, Optional<String> type) {
    switch (media) {
      case InlineSource inline -> inline(inline);
      case UrlSource(String url) -> remote(url, type);
      case UploadedSource(String fileId) -> remote(fileId, type);
    }
  }

  private void inline(InlineSource inline) {
    out.beginObject().name("inlineData").beginObject();
    out.member("mimeType", inline.mediaType())
        .member("data", inline.base64())
        .endObject()
        .endObject();
  }

  private void remote(String uri, Optional<String> otherwise) {
    Optional<String> known = FileNames.typeOf(uri).or(() -> otherwise);
    if (known.isEmpty() && strict) {
      throw CallerProblem.invalid(
          "messages",
          "This model's provider needs the type of each file: end its URL or its filename with"
              + " an ending such as .pdf, or send the file in the request.");
    }
    out.beginObject().name("fileData").beginObject();
    known.ifPresent(type -> out.member("mimeType", type));
    out.member("fileUri", uri).endObject().endObject();
  }
}
