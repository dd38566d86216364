package dev.serai.processors.memory;

import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.http.Reply;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.MemoryProblems;
import dev.serai.core.memory.MemoryQuery;
import dev.serai.core.memory.MemoryStore;
import dev.serai.core.memory.TenantMemory;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.management.Preconditions;
import dev.serai.processors.management.QueryNumber;
import dev.serai.processors.support.EventLoops;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a memory object, or lists those of a namespace: a path with one segment, or one with a
 * {@code prefix} in its query, is a namespace. Thread-safe.
 */
final class ReadMemory extends MemoryStep {
  private final MemoryStore store;
  private static final String PREFIX = "prefix";
  private static final String CURSOR = "cursor";
  private static final String LIMIT = "limit";
  private static final Set<String> NAMES = Set.of(PREFIX, LIMIT, CURSOR);
  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_PAGE = 1000;

  ReadMemory(MemorySteps.Parts parts, EventLoops loops) {
    super(Permission.ADMIN_READ, parts.bytes(), loops);
    store = parts.store();
  }

  @Override
  Reply reply(TenantRequest asked) {
    InboundRequest request = asked.request();
    TenantMemory memory = store.forTenant(asked.tenant());
    List<String> segments = segments(request);
    Map<String, String> query = QueryString.of(request.query()).byName(NAMES);
    return segments.size() == 1 || !query.isEmpty()
        ? list(memory, MemoryPath.namespace(String.join("/", segments)), query)
        : object(memory, MemoryPath.of(segments), request, asked.room());
  }

  private static Reply object(
      TenantMemory memory, MemoryPath path, InboundRequest request, ByteHold room) {
    MemoryObject found = memory.find(path).orElseThrow(MemoryProblems::notFound);
    take(room, found.json().length);
    return Preconditions.hasAlready(request.headers(), MemoryJson.tag(found.entry()))
        ? MemoryReplies.notModified(found.entry())
        : MemoryReplies.of(found);
  }

  private static Reply list(TenantMemory memory, String namespace, Map<String, String> query) {
    Optional<String> written = Optional.ofNullable(query.get(LIMIT));
    int limit = QueryNumber.limit(written, DEFAULT_PAGE, MAX_PAGE);
    String prefix = MemoryPath.text(query.getOrDefault(PREFIX, ""), PREFIX);
    String root = namespace + '/' + prefix;
    Optional<String> after = Optional.ofNullable(query.get(CURSOR)).map(c -> path(c, root));
    MemoryQuery wanted = new MemoryQuery(namespace, prefix, after, limit + 1);
    List<MemoryEntry> found = memory.list(wanted);
    List<MemoryEntry> page = found.size() > limit ? found.subList(0, limit) : found;
    JsonWriter json = new JsonWriter(256 * page.size() + 64).beginObject();
    json.name("objects").beginArray();
    page.forEach(entry -> MemoryJson.write(json, entry));
    json.endArray().member("count", page.size());
    if (found.size() > limit) {
      json.member(CURSOR, cursor(page.getLast()));
    } else {
      json.nullMember(CURSOR);
    }
    return MemoryReplies.json(json.endObject().bytes());
  }

  private static String cursor(MemoryEntry last) {
    byte[] path = last.path().text().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(path);
  }

  /** The last path of the page before, which is one of the same list. */
  private static String path(String cursor, String root) {
    Optional<String> path = decoded(cursor).filter(text -> text.startsWith(root));
    return path.orElseThrow(
        () ->
            CallerProblem.invalid(
                CURSOR,
                "'cursor' must be that of the page before, of the same namespace and prefix; leave"
                    + " it out for the first page."));
  }

  private static Optional<String> decoded(String cursor) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      String path = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return Optional.of(MemoryPath.text(path, CURSOR));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
