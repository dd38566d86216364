package dev.serai.adapters.dialects.gemini;

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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes images, files and audio as {@code inlineData} or {@code fileData}. */
final class RequestMediaWriter {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("gif", "image/gif"),
          Map.entry("heic", "image/heic"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("txt", "text/plain"),
          Map.entry("md", "text/markdown"),
          Map.entry("csv", "text/csv"),
          Map.entry("html", "text/html"),
          Map.entry("json", "application/json"),
          Map.entry("mp3", "audio/mp3"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp4", "video/mp4"));

  private final JsonWriter out;
  private final DroppedFields dropped;

  RequestMediaWriter(JsonWriter out, DroppedFields dropped) {
    this.out = out;
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
        write(image.source(), Optional.empty());
      }
      case FilePart file -> {
        noteCache(file.cache());
        if (file.filename().filter(name -> !name.isBlank()).isPresent()) {
          dropped.add("messages.content.filename");
        }
        write(file.source(), file.filename());
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

  private void write(MediaSource media, Optional<String> filename) {
    switch (media) {
      case InlineSource inline -> {
        String type = inline.mediaType().toLowerCase(Locale.ROOT);
        boolean unknown = type.isEmpty() || type.equals("application/octet-stream");
        Optional<String> guessed = unknown ? typeOf(filename.orElse("")) : Optional.empty();
        inline(new InlineSource(guessed.orElse(type), inline.base64()));
      }
      case UrlSource(String url) -> remote(url);
      case UploadedSource(String fileId) -> {
        if (!fileId.startsWith("files/") && fileId.indexOf(':') < 0) {
          throw CallerProblem.invalid(
              "messages",
              "A file that was uploaded to another provider cannot be sent to this one.");
        }
        remote(fileId);
      }
    }
  }

  private void inline(InlineSource inline) {
    String type = inline.mediaType().equals("image/jpg") ? "image/jpeg" : inline.mediaType();
    out.beginObject().name("inlineData").beginObject();
    out.member("mimeType", type).member("data", inline.base64()).endObject().endObject();
  }

  private void remote(String uri) {
    out.beginObject().name("fileData").beginObject();
    typeOf(uri).ifPresent(type -> out.member("mimeType", type));
    out.member("fileUri", uri).endObject().endObject();
  }

  /** The media type for the extension of a file name or URL. */
  private static Optional<String> typeOf(String name) {
    int query = name.indexOf('?');
    String path = query < 0 ? name : name.substring(0, query);
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(TYPES.get(ending));
  }
}
