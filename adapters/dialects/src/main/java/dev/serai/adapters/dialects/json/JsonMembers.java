package dev.serai.adapters.dialects.json;

import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Locates the members of one object: offsets into its bytes, in their order, found in one pass that
 * checks the whole text. A duplicate name, escaped or not, is rejected: two readers of such an
 * object would see different values. Immutable once read.
 */
public final class JsonMembers {
  /** The largest number of members. */
  private static final int MAX_MEMBERS = 1024;

  /**
   * Up to this number names are compared with each other; above it a set bounds the cost, should
   * all hashes be the same.
   */
  private static final int MAX_COMPARED = 64;

  private static final int NAME_START = 0;
  private static final int NAME_END = 1;
  private static final int VALUE_START = 2;
  private static final int VALUE_END = 3;
  private static final int HASH = 4;
  private static final int WIDTH = 5;

  private static final byte[] NOTHING = {};

  private final byte[] bytes;
  private int[] table = new int[12 * WIDTH];
  private int size;
  private boolean found;
  private Set<String> known = Set.of();
  private Map<String, byte[]> own = Map.of();

  private JsonMembers(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a text that is one object.
   *
   * @throws MalformedInput if it is anything else
   */
  public static JsonMembers of(byte[] text) {
    JsonCursor cursor = new JsonCursor().over(text, 0, text.length);
    JsonMembers members = read(text, cursor);
    cursor.finish();
    return members;
  }

  /** Reads a text that is one object, and searches its strings as {@link JsonCursor#seek} does. */
  public static JsonMembers of(byte[] text, byte[] beginning) {
    JsonCursor cursor = new JsonCursor().over(text, 0, text.length).seek(beginning);
    JsonMembers members = read(text, cursor);
    cursor.finish();
    members.found = cursor.found();
    return members;
  }

  /**
   * Reads the body of a client's request. The member {@code serai} is not one of its members: see
   * {@link #own}.
   *
   * @throws CallerProblem 400 if it is not one object
   */
  public static JsonMembers ofRequest(byte[] body) {
    return ofRequest(body, NOTHING);
  }

  /**
   * Reads the body of a client's request, and searches its strings.
   *
   * @throws CallerProblem 400 if it is not one object
   */
  public static JsonMembers ofRequest(byte[] body, byte[] beginning) {
    try {
      return withoutOwn(read(body, beginning), beginning);
    } catch (MalformedInput e) {
      throw body.length == 0 ? CallerProblem.invalid("The request has no body.") : notAnObject(e);
    }
  }

  private static JsonMembers read(byte[] body, byte[] beginning) {
    return beginning.length == 0 ? of(body) : of(body, beginning);
  }

  private static JsonMembers withoutOwn(JsonMembers request, byte[] beginning) {
    Map<String, byte[]> own = new LinkedHashMap<>(2);
    byte[] left = OwnMember.removed(request, own);
    if (own.isEmpty()) {
      return request;
    }
    JsonMembers members = read(left, beginning);
    members.own = Collections.unmodifiableMap(own);
    return members;
  }

  /**
   * What the request says to Serai, as JSON by place: its member {@code serai}, then that of its
   * metadata.
   */
  public Map<String, byte[]> own() {
    return own;
  }

  private static CallerProblem notAnObject(MalformedInput e) {
    return e.isDuplicate()
        ? e.ofRequest()
        : CallerProblem.invalid("The request's body is not a JSON object: " + e.getMessage() + ".");
  }

  /** Whether the search found its string. */
  public boolean found() {
    return found;
  }

  /** Reads the object at the cursor. */
  public static JsonMembers read(byte[] text, JsonCursor cursor) {
    JsonMembers members = new JsonMembers(text);
    cursor.enterObject();
    while (cursor.nextMember()) {
      members.add(cursor);
    }
    members.known = Set.of();
    return members;
  }

  /** Reads the object at that offset of a text that has been checked before. */
  public static JsonMembers at(byte[] text, int from, int to) {
    return read(text, new JsonCursor().over(text, from, to));
  }

  private void add(JsonCursor cursor) {
    if (size == MAX_MEMBERS) {
      throw new MalformedInput(cursor.nameStart(), "at most " + MAX_MEMBERS + " members");
    }
    int row = size * WIDTH;
    if (row == table.length) {
      table = Arrays.copyOf(table, 2 * row);
    }
    table[row + NAME_START] = cursor.nameStart();
    table[row + NAME_END] = cursor.nameEnd();
    table[row + HASH] = hash(cursor.nameStart(), cursor.nameEnd());
    rejectDuplicate(row);
    table[row + VALUE_START] = cursor.offset();
    cursor.skip();
    table[row + VALUE_END] = cursor.offset();
    size++;
  }

  private void rejectDuplicate(int row) {
    if (size >= MAX_COMPARED) {
      rejectKnown(row);
      return;
    }
    for (int other = 0; other < row; other += WIDTH) {
      if (table[other + HASH] == table[row + HASH]
          && name(other / WIDTH).equals(name(row / WIDTH))) {
        throw duplicate(row);
      }
    }
  }

  /** A set stays fast for names with equal hashes. */
  private void rejectKnown(int row) {
    if (size == MAX_COMPARED) {
      known = new HashSet<>(2 * MAX_COMPARED);
      for (int place = 0; place < size; place++) {
        known.add(name(place));
      }
    }
    if (!known.add(name(row / WIDTH))) {
      throw duplicate(row);
    }
  }

  private MalformedInput duplicate(int row) {
    return MalformedInput.duplicate(table[row + NAME_START], name(row / WIDTH));
  }

  private int hash(int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\' || bytes[i] < 0) {
        return JsonStrings.decode(bytes, from, to).hashCode();
      }
      // As String.hashCode for ASCII, so that find() needs no decoding.
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /** The bytes that the offsets are of. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /**
   * The place of a member in the object.
   *
   * @param name ASCII
   * @return -1 if there is none of that name
   */
  public int find(String name) {
    int hash = name.hashCode();
    for (int i = 0; i < size; i++) {
      if (table[i * WIDTH + HASH] == hash && isName(i, name)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isName(int place, String name) {
    int from = table[place * WIDTH + NAME_START];
    int length = table[place * WIDTH + NAME_END] - from;
    if (length != name.length()) {
      return name(place).equals(name);
    }
    for (int i = 0; i < length; i++) {
      if (bytes[from + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The names of all members, in their order. */
  public List<String> names() {
    return IntStream.range(0, size).mapToObj(this::name).toList();
  }

  /** The name of the member at that place. */
  public String name(int place) {
    int row = place * WIDTH;
    return JsonStrings.decode(bytes, table[row + NAME_START], table[row + NAME_END]);
  }

  /** The offset of a name's opening quote. */
  public int memberStart(int place) {
    return table[place * WIDTH + NAME_START] - 1;
  }

  /** The offset behind a name's closing quote. */
  public int nameEnd(int place) {
    return table[place * WIDTH + NAME_END] + 1;
  }

  /** The offset of a value's first byte. */
  public int valueStart(int place) {
    return table[place * WIDTH + VALUE_START];
  }

  /** The offset behind a value's last byte. */
  public int valueEnd(int place) {
    return table[place * WIDTH + VALUE_END];
  }

  /** The first byte of a value, which shows its kind: '{', '[', '"', 't', 'f', 'n', a digit. */
  public char kind(int place) {
    return (char) bytes[valueStart(place)];
  }

  /** Whether a value that is an array or an object has nothing in it. */
  public boolean isEmpty(int place) {
    int at = valueStart(place) + 1;
    while (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t') {
      at++;
    }
    return at == valueEnd(place) - 1;
  }

  /** A value that is a whole number from 0 to 10^15; -1 if it is anything else. */
  public long count(int place) {
    return new JsonCursor().over(bytes, valueStart(place), valueEnd(place)).count();
  }

  /** A value that is a string. */
  public String text(int place) {
    return JsonStrings.decode(bytes, valueStart(place) + 1, valueEnd(place) - 1);
  }

  /** A value as the JSON text it is. */
  public String json(int place) {
    return new String(
        bytes, valueStart(place), valueEnd(place) - valueStart(place), StandardCharsets.UTF_8);
  }
}
