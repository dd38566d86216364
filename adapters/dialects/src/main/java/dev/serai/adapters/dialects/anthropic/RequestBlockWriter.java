package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.claude.FailedTool;
import dev.serai.adapters.dialects.media.UnsupportedContent;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.AlternatingTurnWriter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the content blocks of a request. A part without a block type in this dialect fails the
 * request with 400, since leaving it out would change the meaning. For one request.
 */
final class RequestBlockWriter {
  /** The types of images (platform.claude.com/docs, Vision). */
  private static final Set<String> IMAGES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  private static final String PDF = "application/pdf";

  private final JsonWriter out;
  private final DroppedFields dropped;
  private final CacheMarkWriter marks;

  RequestBlockWriter(JsonWriter out, CacheMarkWriter marks, DroppedFields dropped) {
    this.out = out;
    this.marks = marks;
    this.dropped = dropped;
  }

  void text(String text) {
    out.beginObject().member("type", "text").member("text", text).endObject();
  }

  /** Writes text with the cache mark of {@code part}. */
  void text(String text, TextPart part) {
    out.beginObject().member("type", "text").member("text", text);
    marks.write(out, part.cache());
    out.endObject();
  }

  /** Writes reasoning with the state that its provider signed. */
  void reasoning(String text, OpaqueState state) {
    out.beginObject();
    if (state.kind().equals(ReasoningSignatures.REDACTED)) {
      out.member("type", ReasoningSignatures.REDACTED).member("data", state.data());
    } else {
      out.member("type", "thinking").member("thinking", text);
      out.member(ReasoningSignatures.SIGNATURE, state.data());
    }
    out.endObject();
  }

  void part(Part part) {
    switch (part) {
      case TextPart text -> text(text.text(), text);
      case ToolCallPart called -> toolUse(called);
      case ReasoningPart _ ->
          throw new IllegalStateException("reasoning belongs to an assistant's message");
      case ImagePart image -> image(image);
      case FilePart file -> file(file);
      case AudioPart _ -> throw UnsupportedContent.notTaken("audio");
    }
  }

  void toolUse(ToolCallPart called) {
    ToolCall call = called.call();
    out.beginObject().member("type", "tool_use").member("id", call.id());
    out.member("name", call.name()).name("input");
    ToolArguments.write(out, call.arguments());
    marks.write(out, called.cache());
    out.endObject();
  }

  void toolResult(ToolResult answered, Iterable<Part> parts) {
    out.beginObject().member("type", "tool_result");
    out.member("tool_use_id", answered.callId());
    boolean open = false;
    for (Part part : parts) {
      if (!AlternatingTurnWriter.isBlank(part)) {
        if (!open) {
          out.name("content").beginArray();
          open = true;
        }
        part(part);
      }
    }
    if (open) {
      out.endArray();
    } else if (answered.failed()) {
      out.member("content", FailedTool.TEXT);
    }
    if (answered.failed()) {
      out.member("is_error", true);
    }
    marks.write(out, answered.cache());
    out.endObject();
  }

  private void image(ImagePart image) {
    if (image.source() instanceof InlineSource inline && !IMAGES.contains(inline.mediaType())) {
      throw UnsupportedContent.notTaken("images of type " + inline.mediaType());
    }
    if (image.detail().isPresent() && !image.detail().get().equals("auto")) {
      dropped.add("image_url.detail");
    }
    out.beginObject().member("type", "image").name("source");
    source(image.source());
    marks.write(out, image.cache());
    out.endObject();
  }

  private void file(FilePart file) {
    if (file.source() instanceof InlineSource inline && inline.mediaType().startsWith("image/")) {
      image(new ImagePart(inline, Optional.empty(), file.cache()));
    } else {
      document(file.source(), file);
    }
  }

  private void document(MediaSource source, FilePart file) {
    out.beginObject().member("type", "document").name("source");
    if (source instanceof InlineSource inline && inline.isText()) {
      out.beginObject().member("type", "text").member("media_type", "text/plain");
      out.member("data", decoded(inline.base64())).endObject();
    } else if (source instanceof InlineSource inline && !inline.mediaType().equals(PDF)) {
      throw UnsupportedContent.notTaken("files of type " + inline.mediaType());
    } else {
      source(source);
    }
    file.filename().filter(name -> !name.isBlank()).ifPresent(name -> out.member("title", name));
    marks.write(out, file.cache());
    out.endObject();
  }

  private void source(MediaSource media) {
    out.beginObject();
    switch (media) {
      case UrlSource(String url) -> out.member("type", "url").member("url", url);
      case UploadedSource(String fileId) -> out.member("type", "file").member("file_id", fileId);
      case InlineSource inline ->
          out.member("type", "base64")
              .member("media_type", inline.mediaType())
              .member("data", inline.base64());
    }
    out.endObject();
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw CallerProblem.invalid("messages", "A file's data is not valid base64.");
    }
  }
}
