package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.media.DataUrl;
import dev.serai.adapters.dialects.media.InlineMedia;
import dev.serai.adapters.dialects.request.CacheMarks;
import dev.serai.adapters.dialects.request.MessageContent;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.MediaSource;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import dev.serai.core.problem.CallerProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the content of a request's messages and tool results. */
final class RequestContentReader {
  private static final Set<String> TYPES =
      Set.of(
          "input_text",
          "output_text",
          "text",
          "summary_text",
          "input_image",
          "input_file",
          "input_audio");

  private RequestContentReader() {}

  /** Adds the parts of a content; returns the refusal if one is among them. */
  static Optional<String> read(RequestFields item, String name, List<Part> parts) {
    return MessageContent.read(
        item, name, parts, part -> part(part, MessageContent.isOfClient(item)));
  }

  /** Reads a part. One of another type is a mistake of the client, or left out. */
  private static Optional<Part> part(RequestFields part, boolean ofClient) {
    String type = part.requiredText("type");
    if (TYPES.contains(type) || ofClient) {
      return Optional.of(part(part));
    }
    part.leaveOut(type);
    return Optional.empty();
  }

  private static Part part(RequestFields part) {
    return switch (part.requiredText("type")) {
      case "input_text", "output_text", "text", "summary_text" -> {
        part.ignoreEmpty("annotations", "logprobs");
        yield new TextPart(part.requiredText("text"), CacheMarks.read(part));
      }
      case "input_image" -> image(part);
      case "input_file" -> file(part);
      case "input_audio" -> {
        RequestFields audio = part.object("input_audio").orElse(part);
        yield new AudioPart(
            audio.requiredText("data"), InlineMedia.audioFormat(audio.requiredText("format")));
      }
      default ->
          throw RequestFields.wrongValue(
              part.pathOf("type"),
              "'input_text', 'output_text', 'input_image', 'input_file', 'input_audio' or"
                  + " 'refusal'");
    };
  }

  private static Part image(RequestFields part) {
    Optional<String> url = part.text("image_url");
    MediaSource source =
        url.isPresent()
            ? DataUrl.read(url.get())
            : new UploadedSource(
                part.text("file_id").orElseThrow(() -> incomplete(part, "image_url")));
    return InlineMedia.part(source, part.text("detail"), CacheMarks.read(part));
  }

  private static FilePart file(RequestFields part) {
    Optional<String> name = part.text("filename");
    Optional<String> id = part.text("file_id");
    Optional<String> url = part.text("file_url");
    Optional<CacheMark> mark = CacheMarks.read(part);
    if (id.isPresent()) {
      return new FilePart(new UploadedSource(id.get()), name, mark);
    }
    if (url.isPresent()) {
      return new FilePart(new UrlSource(url.get()), name, mark);
    }
    String data = part.text("file_data").orElseThrow(() -> incomplete(part, "file_data"));
    return DataUrl.file(data, name, mark);
  }

  private static CallerProblem incomplete(RequestFields part, String name) {
    return CallerProblem.invalid(
        part.path(), "'" + part.path() + "' needs either 'file_id' or '" + name + "'.");
  }
}
