/** Reads forms ({@code multipart/form-data}, RFC 7578) while they arrive. */
@NullMarked
package dev.serai.core.http.form;

import org.jspecify.annotations.NullMarked;
