package dev.serai.memory.ledger;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import dev.serai.core.secret.KeyForms;
import dev.serai.core.usage.UsageRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Packs a call that begins into an entry of {@link RunningCalls}, and reads such an entry as the
 * row of a call that was interrupted. Pure. It packs on an event loop.
 */
final class StartCodec {
  /** The first number of an entry; those of {@link EntryWriter} are smaller. */
  private static final int VERSION = 65;

  /** An earlier version of Serai, which noted no team, user and tags. */
  static final int FORMER_VERSION = 64;

  /**
   * Of a call that is sent and holds a part of a budget: with the candidate and the estimated
   * tokens that are charged if the call is interrupted.
   */
  private static final int HELD_VERSION = 66;

  private static final Candidate NO_CANDIDATE = new Candidate("", "");
  private static final String INTERRUPTED = "interrupted";

  /** Names are cut until the entry has room. */
  private static final int[] CUTS = {UsageRecord.MAX_NAME_LENGTH, 40, 8};

  private static final ThreadLocal<EntryBuffer> BUFFER = ThreadLocal.withInitial(EntryBuffer::new);

  private StartCodec() {}

  /** Packs a call. */
  static EntryBuffer of(Call call, long timeMillis) {
    return of(call, timeMillis, false);
  }

  /** Packs a call that is sent and holds a part of a budget. */
  static EntryBuffer held(Call call, long timeMillis) {
    return of(call, timeMillis, true);
  }

  /** The buffer belongs to the thread and is used again for its next call. */
  private static EntryBuffer of(Call call, long timeMillis, boolean held) {
    EntryBuffer out = BUFFER.get();
    for (int cut : CUTS) {
      out.clear();
      out.number(held ? HELD_VERSION : VERSION);
      write(out, call, timeMillis, cut);
      if (held) {
        writeCharge(out, call, cut);
      }
      CallerCodec.write(out, call.caller(), cut);
      if (out.length() < RunningCalls.maxLength()) {
        break;
      }
    }
    addTags(out, CallerCodec.tags(call.caller()));
    return out;
  }

  /** Adds as many tags as the entry has room for. */
  private static void addTags(EntryBuffer out, List<String> tags) {
    int before = out.length();
    for (int count = tags.size(); count >= 0; count--) {
      out.rewind(before);
      CallerCodec.write(out, tags.subList(0, count));
      if (out.length() <= RunningCalls.maxLength()) {
        return;
      }
    }
  }

  private static void write(EntryBuffer out, Call call, long timeMillis, int cut) {
    out.text(call.requestId(), EntryWriter.MAX_CODE);
    out.number(timeMillis);
    out.text(call.asked().dialect(), Math.min(cut, EntryWriter.MAX_CODE));
    out.number(StoredCodes.of(EntryWriter.operation(call)));
    out.text(KeyForms.redacted(call.request().model()), cut);
    out.text(EntryWriter.clientRequestId(call), Math.min(cut, EntryWriter.MAX_CLIENT_ID));
  }

  private static void writeCharge(EntryBuffer out, Call call, int cut) {
    Candidate charged =
        call.attempts().isEmpty()
            ? call.plan().candidates().getFirst()
            : call.current().candidate();
    out.text(charged.provider(), cut);
    out.text(charged.model(), cut);
    out.number(RoughEstimates.fromSizes(call.request(), 0).input());
  }

  /** Whether entries with this first number are of this class. */
  static boolean isKnown(int version) {
    return version == VERSION || version == FORMER_VERSION || version == HELD_VERSION;
  }

  /** Reads an entry whose version has been read. */
  static UsageRecord read(EntryBuffer in, int version) {
    String requestId = in.text();
    long timeMillis = in.number();
    boolean former = version == FORMER_VERSION; // has the caller before the request
    Caller first = former ? CallerCodec.readFormer(in) : Caller.ANONYMOUS;
    String surface = in.text();
    Operation operation = StoredCodes.operation(in.small());
    String model = in.text();
    String clientRequestId = in.text();
    boolean held = version == HELD_VERSION;
    Candidate candidate = held ? new Candidate(in.text(), in.text()) : NO_CANDIDATE;
    Usage usage = Usage.of(held ? in.number() : 0, 0);
    Caller caller = former ? first : CallerCodec.read(in);
    return new UsageRecord(
        requestId,
        clientRequestId,
        0,
        true,
        timeMillis,
        caller,
        surface,
        operation,
        model,
        candidate,
        Outcome.FAILED,
        Optional.of(INTERRUPTED),
        Optional.empty(),
        false,
        held,
        usage,
        held,
        OptionalLong.empty(),
        0,
        OptionalLong.empty(),
        List.of(),
        Optional.empty());
  }

  /**
   * Whether this is the row of a call that was interrupted. If the call ended right before that,
   * the ledger has its true rows.
   */
  static boolean isInterrupted(UsageRecord row) {
    return row.attempt() == 0 && row.problem().filter(INTERRUPTED::equals).isPresent();
  }
}
