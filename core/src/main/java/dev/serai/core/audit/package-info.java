/** The audit log: who did or tried what needs the right to manage the gateway. */
@NullMarked
package dev.serai.core.audit;

import org.jspecify.annotations.NullMarked;
