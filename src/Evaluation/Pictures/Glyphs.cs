namespace ScoreSde.Evaluation.Pictures;

/// <summary>Letters of 5 × 7 points for captions: printable ASCII, α, σ and ×; anything else shows as a box.</summary>
internal static class Glyphs
{
    public const int Columns = 5, Rows = 7;

    private static readonly Dictionary<char, bool[]> Points = Parse();

    public static bool IsSet(char letter, int column, int row) =>
        Points.TryGetValue(letter, out var points) ? points[row * Columns + column]
            : row is 0 or Rows - 1 || column is 0 or Columns - 1;

    private static Dictionary<char, bool[]> Parse()
    {
        var lines = Drawn.Split('\n');
        var result = new Dictionary<char, bool[]> { [' '] = new bool[Columns * Rows] };
        for (var band = 0; band + Rows < lines.Length; band += Rows + 1)
        {
            var letters = lines[band].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var k = 0; k < letters.Length; k++)
            {
                var points = new bool[Columns * Rows];
                for (var row = 0; row < Rows; row++)
                    for (var column = 0; column < Columns; column++)
                        points[row * Columns + column] = lines[band + 1 + row].ElementAtOrDefault(k * (Columns + 1) + column) == '#';
                result[letters[k][0]] = points;
            }
        }
        return result;
    }

    // A line of letters, then their seven rows, six columns each.
    private const string Drawn = """
0     1     2     3     4     5     6     7     8     9
 ###    #    ###   ###     #  #####  ###  #####  ###   ### 
#   #  ##   #   # #   #   ##  #     #         # #   # #   #
#   #   #       #     #  # #  ####  #        #  #   # #   #
# # #   #      #    ##  #  #      # ####    #    ###   ####
#   #   #     #       # #####     # #   #   #   #   #     #
#   #   #    #    #   #    #  #   # #   #   #   #   #     #
 ###   ###  #####  ###     #   ###   ###    #    ###   ### 
A     B     C     D     E     F     G     H     I     J     K     L     M
 ###  ####   ###  ####  ##### #####  ###  #   #  ###    ### #   # #     #   #
#   # #   # #   # #   # #     #     #   # #   #   #      #  #  #  #     ## ##
#   # #   # #     #   # #     #     #     #   #   #      #  # #   #     # # #
##### ####  #     #   # ####  ####  # ### #####   #      #  ##    #     # # #
#   # #   # #     #   # #     #     #   # #   #   #      #  # #   #     #   #
#   # #   # #   # #   # #     #     #   # #   #   #   #  #  #  #  #     #   #
#   # ####   ###  ####  ##### #      ###  #   #  ###   ##   #   # ##### #   #
N     O     P     Q     R     S     T     U     V     W     X     Y     Z
#   #  ###  ####   ###  ####   #### ##### #   # #   # #   # #   # #   # #####
##  # #   # #   # #   # #   # #       #   #   # #   # #   # #   # #   #     #
# # # #   # #   # #   # #   # #       #   #   # #   # #   #  # #   # #     # 
#  ## #   # ####  #   # ####   ###    #   #   # #   # # # #   #     #     #  
#   # #   # #     # # # # #       #   #   #   # #   # # # #  # #    #    #   
#   # #   # #     #  #  #  #      #   #   #   #  # #  ## ## #   #   #   #    
#   #  ###  #      ## # #   # ####    #    ###    #   #   # #   #   #   #####
a     b     c     d     e     f     g     h     i     j     k     l     m
      #               #         ##        #       #      #  #      ##        
      #               #        #  #       #                 #       #        
 ###  ####   ###   ####  ###   #     #### ####   ##     ##  #  #    #   ## # 
    # #   # #     #   # #   # ###   #   # #   #   #      #  # #     #   # # #
 #### #   # #     #   # #####  #     #### #   #   #      #  ##      #   # # #
#   # #   # #   # #   # #      #        # #   #   #   #  #  # #     #   # # #
 #### ####   ###   ####  ###   #     ###  #   #  ###   ##   #  #   ###  #   #
n     o     p     q     r     s     t     u     v     w     x     y     z
                                     #                                       
                                     #                                       
####   ###  ####   #### # ##   #### ###   #   # #   # #   # #   # #   # #####
#   # #   # #   # #   # ##  # #      #    #   # #   # # # #  # #  #   #    # 
#   # #   # ####   #### #      ###   #    #   # #   # # # #   #    ####   #  
#   # #   # #         # #         #  #  # #  ##  # #  # # #  # #      #  #   
#   #  ###  #         # #     ####    ##   ## #   #    # #  #   #  ###  #####
. , : ; ! ? ' " + - * / \
                          #    ###    #    # #
             ##    ##     #   #   #   #    # #    #         # # #     # #
             ##    ##     #       #               #          ###     #   #
                          #      #              ##### ##### #####   #     #
       ##    ##    ##     #     #                 #          ###   #       #
 ##    ##    ##    ##                             #         # # # #         #
 ##    #           #      #     #
= < > ( ) [ ] { } | _ ^ ~
         #   #       #   #     ###   ###     ## ##      #           #
        #     #     #     #    #       #    #     #     #          # #
#####  #       #   #       #   #       #    #     #     #         #   #  #
      #         #  #       #   #       #   #       #    #               # # #
#####  #       #   #       #   #       #    #     #     #                  #
        #     #     #     #    #       #    #     #     #
         #   #       #   #     ###   ###     ## ##      #   #####
@ # $ % & ` α σ ×
 ###   # #    #   ##     ##    #
#   #  # #   #### ##  # #  #    #
# ### ##### # #      #  # #          ## #  #### #   #
# # #  # #   ###    #    #          #  #  #  #   # #
# ### #####   # #  #    # # #       #  #  #   #   #
#      # #  ####  #  ## #  #        #  #  #   #  # #
 ###   # #    #      ##  ## #        ## #  ###  #   #
""";
}
