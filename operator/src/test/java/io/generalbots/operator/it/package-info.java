/** The kernel and the reconciler at work on a real API server. */
@NullMarked
package io.generalbots.operator.it;

import org.jspecify.annotations.NullMarked;
