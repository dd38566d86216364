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
        write(image.source());
      }
      case FilePart file -> {
        noteCache(file.cache());
        if (file.filename().filter(name -> !name.isBlank()).isPresent()) {
          dropped.add("messages.content.filename");
        }
        write(file.source());
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

  private void write(MediaSource media) {
    switch (media) {
      case InlineSource inline -> inline(inline);
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
    out.beginObject().name("inlineData").beginObject();
    out.member("mimeType", inline.mediaType())
        .member("data", inline.base64())
        .endObject()
        .endObject();
  }

  private void remote(String uri) {
    out.beginObject().name("fileData").beginObject();
    FileNames.typeOf(uri).ifPresent(type -> out.member("mimeType", type));
    out.member("fileUri", uri).endObject().endObject();
  }
}
