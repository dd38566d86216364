package dev.serai.core.rate.shared;

import java.io.IOException;
import java.util.List;

/**
 * Where gateways add up what they have taken from their windows. Used by one thread, which may
 * block.
 */
public interface RateExchange extends AutoCloseable {
  /** The most windows of a report. */
  int MAX_COUNTS = 500;

  /**
   * Adds what this gateway has taken and returns what all have taken. A report with the number of
   * the last one adds nothing, so a report may be sent again when its reply was lost.
   *
   * @throws IOException if the place is unavailable; the message says why and has no secret
   */
  Reply exchange(Report report) throws IOException;

  /** Closes the connection, if there is one. A later exchange opens another. */
  @Override
  void close();

  /**
   * What a gateway reports.
   *
   * @param gateway its ID, which is new after each start
   * @param number from 1
   * @param counts at most {@link #MAX_COUNTS}
   */
  record Report(String gateway, long number, List<Count> counts) {
    public Report {
      counts = List.copyOf(counts);
    }
  }

  /**
   * What was taken from one window. All amounts are in units of the window.
   *
   * @param key the same in all gateways
   * @param change what this gateway has taken since its last report; negative if it gave back
   * @param known what is taken as far as this gateway knows, with the change: the count begins with
   *     it if it does not exist
   * @param refill per microsecond; zero for a day
   */
  record Count(String key, double change, double known, double refill) {}

  /**
   * The state after a report.
   *
   * @param millis the time there, since 1970
   * @param gateways how many have reported within the last seconds, this one included
   * @param taken what all gateways have taken, in the order of the counts
   */
  record Reply(long millis, int gateways, List<Double> taken) {
    public Reply {
      taken = List.copyOf(taken);
    }
  }
}
