"""Fifty things that officers write in a letter and that say nothing of the record."""

HARMLESS = """\
Thank you for showing us round.
We admired your garden.
The panel was struck by how calm the corridors were.
One of the strengths was how well staff know each child.
We enjoyed meeting your governors and your chair.
Your open doors and quiet rooms made a strong impression.
We know that this took your team many evenings.
Please pass on our thanks to everyone who helped.
It was a pleasure to visit you.
The school council spoke with great care and good humour.
Your staff use the same calm language in every class.
We were grateful for the floor plan, which was easy to read.
First of all, thank you for your patience.
On the one hand the need is plain, and on the other the rooms are small.
No one doubts the commitment of your staff.
You answered every question openly and in good time.
We hope to stay in touch.
Your SENCO’s work with families stood out.
The minibus drop-off was a point that several of us raised.
We would like to hear how the new timetable works out.
Inclusion runs through everything we saw.
It is not easy to balance so many demands.
We read your plan with interest.
The work of your teaching assistants deserves a special mention.
Your partnership with local nurseries is a model for others.
What you told us about outdoor learning was memorable.
Our primary concern is that pupils feel safe.
This matters to us as much as it does to you.
Parents spoke warmly of the welcome they get.
The sensory room is small but very well used.
Some of your ideas will be useful whatever comes next.
We heard the same message from everybody whom we met.
There is a great deal to be proud of.
A member of our team will be glad to talk it through.
We looked again at your budget notes and found them clear.
The letter from your diocese was helpful.
Both halls are bright and easy to reach.
You were frank about the risks, and we valued that.
We saw how your school makes space for every child.
Lunch times were lively and kind.
The travel plan shows real thought.
Your training programme is ahead of most that we see.
Please do call if anything here is unclear.
We are sorry that it took us a while to write.
Everyone was impressed by the quality of the displays.
You asked good questions of us too.
The staff room walls told their own story.
It is a happy school.
Your ethos is clear in the way that adults talk.
With warm thanks from all of us.
""".strip().split("\n")
