package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.media.DataUrl;
import dev.serai.adapters.dialects.media.InlineMedia;
import dev.serai.adapters.dialects.request.CacheMarks;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
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
  private static final Set<String> CLIENT_ROLES = Set.of("user", "system", "developer");
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
    Optional<JsonNode> content = item.any(name);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    if (content.get().isTextual()) {
      parts.add(new TextPart(content.get().textValue()));
      return Optional.empty();
    }
    Optional<String> refusal = Optional.empty();
    for (RequestFields part : item.objects(name)) {
      if (part.requiredText("type").equals("refusal")) {
        refusal = Optional.of(part.requiredText("refusal"));
      } else {
        part(part, CLIENT_ROLES.contains(item.text("role").orElse(""))).ifPresent(parts::add);
      }
    }
    return refusal;
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
        part.ignore("annotations", "logprobs");
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
          throw RequestFields.wrong(
              part.pathOf("type"),
              "'input_text', 'output_text', 'input_image', 'input_file', 'input_audio' or"
                  + " 'refusal'");
    };
  }

  private static ImagePart image(RequestFields part) {
    Optional<String> url = part.text("image_url");
    MediaSource source =
        url.isPresent()
            ? DataUrl.read(url.get())
            : new UploadedSource(
                part.text("file_id").orElseThrow(() -> incomplete(part, "image_url")));
    return new ImagePart(source, part.text("detail"), CacheMarks.read(part));
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
