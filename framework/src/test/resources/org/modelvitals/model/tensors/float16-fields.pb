
*	€xÕêÿ÷Bfloat16