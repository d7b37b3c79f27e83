/** What is asked of Qdrant, against recordings and against all that may come in between. */
@NullMarked
package io.generalbots.operator.external.qdrant;

import org.jspecify.annotations.NullMarked;
