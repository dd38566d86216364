package dev.serai.adapters.anthropic;

import dev.serai.adapters.json.JsonOut;
import dev.serai.adapters.translation.Dropped;
import dev.serai.adapters.translation.ToolArguments;
import dev.serai.core.chat.Conversation.Audio;
import dev.serai.core.chat.Conversation.Called;
import dev.serai.core.chat.Conversation.File;
import dev.serai.core.chat.Conversation.Image;
import dev.serai.core.chat.Conversation.Inline;
import dev.serai.core.chat.Conversation.Media;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Reasoning;
import dev.serai.core.chat.Conversation.Remote;
import dev.serai.core.chat.Conversation.Text;
import dev.serai.core.chat.Conversation.Uploaded;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes content blocks. What the dialect has no block for is refused, since it carries meaning.
 */
final class BlockWriter {
  private static final String PDF = "application/pdf";

  private final JsonOut out;
  private final Dropped dropped;

  BlockWriter(JsonOut out, Dropped dropped) {
    this.out = out;
    this.dropped = dropped;
  }

  /** Whether a part says anything: the dialect refuses blocks of empty or blank text. */
  static boolean isBlank(Part part) {
    return part instanceof Text text && text.text().isBlank();
  }

  void text(String text) {
    out.beginObject().member("type", "text").member("text", text).endObject();
  }

  void part(Part part) {
    switch (part) {
      case Text text -> text(text.text());
      case Called called -> toolUse(called.call());
      case Reasoning _ -> throw new IllegalStateException("thoughts are the assistant's turn");
      case Image image -> image(image);
      case File file -> file(file);
      case Audio _ -> throw refused("audio");
    }
  }

  /** A call; ids of other dialects may hold characters that this one refuses. */
  void toolUse(ToolCall call) {
    out.beginObject().member("type", "tool_use").member("id", id(call.id()));
    out.member("name", call.name()).name("input");
    ToolArguments.write(out, call.arguments());
    out.endObject();
  }

  void toolResult(String callId, Iterable<Part> parts) {
    out.beginObject().member("type", "tool_result").member("tool_use_id", id(callId));
    boolean open = false;
    for (Part part : parts) {
      if (!isBlank(part)) {
        if (!open) {
          out.name("content").beginArray();
          open = true;
        }
        part(part);
      }
    }
    if (open) {
      out.endArray();
    }
    out.endObject();
  }

  private static String id(String foreign) {
    StringBuilder id = new StringBuilder(foreign.length());
    for (int i = 0; i < foreign.length(); i++) {
      char c = foreign.charAt(i);
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      id.append(plain || c == '-' ? c : '_');
    }
    return id.toString();
  }

  private void image(Image image) {
    if (image.detail().isPresent() && !image.detail().get().equals("auto")) {
      dropped.add("image_url.detail");
    }
    out.beginObject().member("type", "image").name("source");
    source(image.source());
    out.endObject();
  }

  private void file(File file) {
    if (file.source() instanceof Inline inline) {
      String mediaType = mediaType(inline, file.filename());
      if (mediaType.startsWith("image/")) {
        image(new Image(new Inline(mediaType, inline.base64()), Optional.empty()));
        return;
      }
      document(new Inline(mediaType, inline.base64()), file.filename());
    } else {
      document(file.source(), file.filename());
    }
  }

  private void document(Media source, Optional<String> title) {
    out.beginObject().member("type", "document").name("source");
    if (source instanceof Inline inline && inline.mediaType().startsWith("text/")) {
      out.beginObject().member("type", "text").member("media_type", "text/plain");
      out.member("data", decoded(inline.base64())).endObject();
    } else if (source instanceof Inline inline && !inline.mediaType().equals(PDF)) {
      throw refused("files of type " + inline.mediaType());
    } else {
      source(source);
    }
    title.filter(name -> !name.isBlank()).ifPresent(name -> out.member("title", name));
    out.endObject();
  }

  private void source(Media media) {
    out.beginObject();
    switch (media) {
      case Remote(String url) -> out.member("type", "url").member("url", url);
      case Uploaded(String fileId) -> out.member("type", "file").member("file_id", fileId);
      case Inline inline ->
          out.member("type", "base64")
              .member("media_type", mediaType(inline, Optional.empty()))
              .member("data", inline.base64());
    }
    out.endObject();
  }

  private static String mediaType(Inline inline, Optional<String> filename) {
    String said = inline.mediaType().toLowerCase(Locale.ROOT);
    boolean unsaid = said.isEmpty() || said.equals("application/octet-stream");
    if (unsaid && filename.orElse("").toLowerCase(Locale.ROOT).endsWith(".pdf")) {
      return PDF;
    }
    return said.equals("image/jpg") ? "image/jpeg" : said;
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw CallerProblem.invalid("messages", "A file's data is not base64.");
    }
  }

  private static CallerProblem refused(String what) {
    return CallerProblem.invalid("messages", "This model's provider takes no " + what + ".");
  }
}
