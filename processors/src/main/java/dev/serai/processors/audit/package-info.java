/** Steps that show and check the audit log. What writes it is the edge. */
@NullMarked
package dev.serai.processors.audit;

import org.jspecify.annotations.NullMarked;
