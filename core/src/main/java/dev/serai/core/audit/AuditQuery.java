package dev.serai.core.audit;

import java.util.Optional;

/**
 * Which entries of the audit log are read.
 *
 * @param tenant only those of this tenant; empty for all
 * @param key only those of the key of this name; empty for all
 * @param before only those with a smaller number; {@link Long#MAX_VALUE} for all
 * @param limit the maximum number of entries
 */
public record AuditQuery(Optional<String> tenant, Optional<String> key, long before, int limit) {}
