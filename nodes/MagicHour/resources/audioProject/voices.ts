/**
 * The voices that can speak text, of
 * https://docs.magichour.ai/api-reference/audio-projects/ai-voice-generator. One text with a name a
 * line takes less room in the package than as many texts.
 */
export const voices: string[] = `
21 Savage
50 Cent
A.R. Rahman
A$AP Rocky
Aamir Khan
Aang (Avatar)
Aaron Rodgers
Abraham Lincoln
Ada Wong
Adam Driver
Adam Sandler
Adele
Adin Ross
Agent 47
Airrack
Ajay Devgn
Akshay Kumar
Al Gore
Al Pacino
Alain Delon
Alan Alda
Alan Cumming
Alan Rickman
Albert Einstein
Albus Dumbledore
Alex Hormozi
Alex Pereira
Alex Trebek
Alexandria Ocasio-Cortez
Alexz Johnson
Ali Wong
Alia Bhatt
All Might
Aloy
Altair
Alton Brown
Alucard (Hellsing)
Alvin (Chipmunks)
Amanda Nunes
Amitabh Bachchan
Amy Adams
Amy Poehler
Amy Winehouse
Ana de Armas
Ana Gasteyer
Anderson Cooper
Andrew Huberman
Andrew Rannells
Andrew Rea
Andrew Schulz
Andy Dwyer
Ang Lee
Angel Reese
Angela Martin
Angela Merkel
Angela Yee
Angelina Jolie
Anger (Inside Out)
Anitta
Anne Hathaway
Ansel Elgort
Ant-Man
Anthony Anderson
Anthony Bourdain
Anthony Edwards
Anthony Fauci
Anthony Hopkins
Anthony Joshua
Anthony Mackie
Anton Chigurh
Antonio Banderas
Anya Forger
Anya Taylor-Joy
April Ludgate
Aragorn
Archer (Sterling)
Arden Cho
Aretha Franklin
Ariana Grande
Ariel (Little Mermaid)
Armie Hammer
Arnold Schwarzenegger
Arthur Morgan
Arya Stark
Asa Butterfield
Ash Ketchum
Asmongold
Aubrey Plaza
Austin Butler
Austin Powers
Awkwafina
Axl Rose
Ayo Edebiri
Aziz Ansari
B.J. Novak
Babar Azam
Baby Yoda (Grogu)
Bad Bunny
Bakugo Katsuki
Bam Margera
Barack Obama
Barbara Eden
Barney Rubble
Barney Stinson
Barry Keoghan
Barry White
Bart Simpson
Batman (Animated)
Bear Grylls
Beavis
Belle (Beauty and the Beast)
Ben McKenzie
Ben Shapiro
Ben Stiller
Ben Stokes
Ben Tennyson
Ben Whishaw
Bender (Futurama)
Benedict Cumberbatch
Benson Boone
Bernie Sanders
Bert Kreischer
Beth Smith
Betty White
Big Boss (MGS)
Big Boy
Big Mouth Nick
Big Smoke (GTA)
Bill Burr
Bill Clinton
Bill Gates
Bill Maher
Bill Nighy
Bill Nye
Bill Pullman
Bill Simmons
Billie Eilish
Billie Joe Armstrong
Billy Butcher
Billy Joel
Bingbing Li
Bizarrap
BJ Blazkowicz
Black Panther
Black Widow
Blake Shelton
Blossom (PPG)
Bo Burnham
Bob Marley
Bob Odenkirk
Bob Ross
Bobby Hill
Bobby Lee
BoJack Horseman
Bonnie Wright
Booboo Stewart
Boris Johnson
Bowser
Brad Paisley
Brad Pitt
Bradley Cooper
Bradley Steven Perry
Bran Stark
Bray Wyatt
Brendan Gleeson
Bretman Rock
Brian Cox
Bruce Springsteen
Bruce Willis
Bruno (Encanto)
Bruno Ganz
Bruno Mars
Bryan Cranston
BTS Jungkook
Bubbles (PPG)
Bugs Bunny
Burna Boy
Burt Reynolds
Butt-Head
Buttercup (PPG)
Butters Stotch
Buzz Aldrin
Buzz Lightyear
C-3PO
Caitlin Clark
Caitriona Balfe
Caity Lotz
Calvin Harris
Cameron Boyce
Camila Cabello
Camilo
Candace Owens
Candice Accola
Canelo Alvarez
Captain America (MCU)
Captain Hook (Peter Pan)
Captain Jack Sparrow
Cardi B
Carl Sagan
Carlton Banks
Carrie Fisher
Carrie Underwood
Casey Affleck
Casey Neistat
Cate Blanchett
Caterina Scorsone
Cedric the Entertainer
CeeDee Lamb
Central Cee
Cersei Lannister
Chace Crawford
Chadwick Boseman
Chandler Bing
Chappell Roan
Charlamagne Tha God
Charles Barkley
Charles Dance
Charles Leclerc
Charli D'Amelio
Charli XCX
Charlie Chaplin
Charlie Day
Charlie Kirk
Charlize Theron
Chef (South Park)
Chester Bennington
Chiwetel Ejiofor
Chris Brown
Chris Cornell
Chris Evans
Chris Hemsworth
Chris Martin
Chris Pine
Chris Pratt
Chris Redfield
Chris Rock
Chris Stapleton
Chris Tucker
Chris Williamson
Christian Bale
Christina Hendricks
Christina Ricci
Christopher Mintz-Plasse
Christopher Walken
Chucky
Chun-Li
Cillian Murphy
Cinderella
CJ (GTA San Andreas)
Claptrap
Clint Eastwood
Cloud Strife
CM Punk
Cody Ko
Cody Rhodes
Cogsworth (Beauty and the Beast)
Coi Leray
Colin Cowherd
Colleen Ballinger
Commander Shepard
Conan Gray
Conan O'Brien
Connor McDavid
Conor McGregor
Constance Wu
Corey Taylor
Corpse Husband
Cortana
CouRage
Courage the Cowardly Dog
Creed Bratton
Cristiano Ronaldo
Cyndi Lauper
Daenerys Targaryen
Daffy Duck
Daisy Ridley
Dakota Fanning
Dale Gribble
Damian Lewis
Damian Lillard
Dan Aykroyd
Dan Fogler
Dan Le Batard
Dan Stevens
Dana White
Daniel Craig
Daniel Dae Kim
Daniel Radcliffe
Daniel Ricciardo
Danielle Panabaker
Danny DeVito
Danny Duncan
Danny Gonzalez
Danny Phantom
Dante (DMC)
Darth Vader
Dave (rapper)
Dave Bautista
Dave Chappelle
Dave Grohl
Dave Rubin
David Attenborough
David Beckham
David Bowie
David Dobrik
David Goggins
David Guetta
David Letterman
David Oyelowo
David Schwimmer
David Tennant
Davido
Deadpool
Deepika Padukone
Deku (My Hero Academia)
Demi Lovato
Denis Leary
Denji (Chainsaw Man)
Denzel Washington
Derek Mears
Desmond Tutu
Destiny
Dev Patel
Devin Booker
Dexter (Dexter's Lab)
Dexter Morgan
Diane Keaton
Diane Kruger
Diane Nguyen
Dick Van Dyke
Diego Luna
Diplo
Discord (My Little Pony)
Disguised Toast
Doctor Strange
Doja Cat
Dolly Parton
Domhnall Gleeson
Dominic Cooper
Don Draper
Don Toliver
Donald Duck
Donald Glover
Donald Sutherland
Donald Trump
Donkey (Shrek)
Donnie Yen
Doofenshmirtz
Doom Slayer
Douglas Murray
Doutzen Kroes
Dove Cameron
Dr. Dre
Dr. House
Dr. Phil
Drake
Drake Bell
Dream (Minecraft)
Drew Carey
Drew Gooden
DrLupo
Dua Lipa
Dude Perfect Tyler
Duke Nukem
Dwayne 'The Rock' Johnson
Dwight Schrute
Eartha Kitt
Ed Sheeran
Eddie Izzard
Eddie Murphy
Edward Asner
Edward Elric
Elaine Benes
Eli Roth
Elisabeth Moss
Elle Fanning
Ellen Burstyn
Ellen DeGeneres
Ellen Ripley
Ellie (Borderlands)
Ellie Williams
Elmo
Elon Musk
Elsa (Frozen)
Elton John
Elvis Presley
Emile Hirsch
Eminem
Emma Chamberlain
Emma Stone
Emma Watson
Emmanuel Macron
Emperor Palpatine
Enrique Iglesias
Eren Jaeger
Eric Cartman
Erling Haaland
Ernie Hudson
Erza Scarlet
Esfand
Ethan Klein
Eugene Lee Yang
Ezio Auditore
Ezra Miller
Family Guy Quagmire
Faze Clan Banks
FaZe Rug
Feid
Felicity Jones
Fergie
Fernando Alonso
Ferris Bueller
Finn the Human
Finn Wolfhard
Fiona (Shrek)
Fiona Shaw
Fleetwood Mac Stevie Nicks
Flo Milli
Florence Henderson
Florence Pugh
Floyd Mayweather
Forest Whitaker
Forrest Gump
Forsen
Francia Raisa
Frank Sinatra
Frank Underwood
Franklin Clinton
Franklin D. Roosevelt
Fred again
Fred Flintstone
Freddie Highmore
Freddie Mercury
Freddie Prinze
Freddy Krueger
Freida Pinto
Frodo Baggins
Fry (Futurama)
Fuerza Regida
Fuslie
Future
Gabriel Iglesias
Gal Gadot
Gandalf
Garnet (Steven Universe)
Garrus Vakarian
Gary Oldman
Gary Vaynerchuk
Geena Davis
Gemma Arterton
Genji (Overwatch)
George Costanza
George H W Bush
George Jetson
George R.R. Martin
George W Bush
GeorgeNotFound
Geralt of Rivia
Geri Halliwell
Ghostface (Scream)
Giannis Antetokounmpo
Gilbert Gottfried
Gillian Jacobs
Gina Carano
Ginnifer Goodwin
GIR (Invader Zim)
GLaDOS
Glen Powell
Glenn Close
Gloria Steinem
GloRilla
Gojo Satoru
Goku
Gollum Smeagol
Gon Freecss
Gordon Lightfoot
Gordon Ramsay
Gracie Abrams
Graham Norton
Grant Cardone
Greta Gerwig
Greta Thunberg
Griffith (Berserk)
Grimes
Groot
Gru (Despicable Me)
Grupo Frontera
Gugu Mbatha-Raw
Gumball Watterson
Gunna
Gus Fring
Guts (Berserk)
Guy Fieri
Guy Pearce
Gwendoline Christie
H3H3
Hagrid
Hailee Steinfeld
HAL 9000
Halsey
Han Solo
Handsome Jack
Hank Schrader
Hannibal Lecter
Hans (Frozen)
Hans Zimmer
Harley Quinn
Harrison Ford
Harry Connick Jr.
Harry Potter
Harry Styles
Harvey Keitel
Hasan Minhaj
Hasan Piker
Helena Bonham Carter
Henry Cavill
Henry Golding
Hermione Granger
Herobrine
Hikaru Nakamura
Hila Klein
Hilary Swank
Hillary Clinton
Hinata Hyuga
Homelander
Homer Simpson
Howard Stern
Howie Mandel
Hozier
Hrithik Roshan
Hugh Bonneville
Hugh Jackman
Hugh Laurie
Hulk
Hulk Hogan
Iago (Aladdin parrot)
Ian McKellen
Ibai Llanos
Ice Cube
Ice Spice
Ichigo Kurosaki
Idina Menzel
Idris Elba
Ike (Fire Emblem)
Ike Broflovski
Iliza Shlesinger
Imelda Staunton
Indiana Jones
Ingrid Bergman
Inspector Clouseau
Inuyasha
Invader Zim
Irrfan Khan
Isaac Clarke
IShowSpeed
Isla Fisher
Israel Adesanya
Itachi Uchiha
Itadori Yuji
Iwan Rheon
J Balvin
J. K. Simmons
J.J. Abrams
J.K. Rowling
Ja Morant
Jack Black
Jack Harlow
Jack Lemmon
Jack Nicholson
Jack Skellington
Jacksepticeye
Jaclyn Hill
Jacob Elordi
Jafar (Aladdin)
Jaime Lannister
Jake Paul
Jake the Dog
James Bond (Craig era)
James Charles
James Corden
James Earl Jones
James Harden
James Hetfield
James May
Jamie Foxx
Jamie Lee Curtis
Jamie Oliver
Jane Goodall
Janet Jackson
Janis Joplin
Jared Leto
Jason Bateman
Jason Momoa
Jason Segel
Jason Statham
Jason Voorhees
Jayson Tatum
JD Vance
Jeff Bezos
Jeff Goldblum
Jeffree Star
Jenna Marbles
Jenna Ortega
Jennie (Blackpink)
Jennifer Aniston
Jennifer Carpenter
Jennifer Coolidge
Jennifer Hale
Jennifer Lawrence
Jensen Huang
Jeremy Allen White
Jeremy Clarkson
Jeremy Renner
Jerma985
Jerry Seinfeld
Jerry Smith
Jesse Pinkman
Jill Valentine
Jim Carrey
Jim Halpert
Jimi Hendrix
Jimin
Jimmy Carter
Jimmy Fallon
Jimmy Kimmel
Jimmy Valmer
Jinx (Arcane)
Joaquin Phoenix
Jocko Willink
Joe Biden
Joe Budden
Joe Burrow
Joe List
Joe Pesci
Joe Rogan
Joe Root
Joe Scott
Joel Embiid
Joel Miller
Joey Diaz
Joey Tribbiani
John Boyega
John Cena
John F. Kennedy
John Legend
John Lennon
John Mulaney
John Oliver
John Wick
Johnny Bravo
Johnny Cash
Johnny Depp
Johnny Galecki
Johnny Knoxville
Johnny Silverhand
Jon Bon Jovi
Jon Favreau
Jon Jones
Jon Snow
Jonah Hill
Jonathan Majors
Jordan Peterson
Jorge Masvidal
Joseph Gordon-Levitt
Josh Allen
Josh Brolin
Josh Gad
Josh Groban
Joy (Inside Out)
Jude Bellingham
Julia Louis-Dreyfus
Julia Roberts
Justin Bieber
Justin Jefferson
Justin Timberlake
Justin Trudeau
Kagome Higurashi
Kai Cenat
Kakashi Hatake
Kamala Harris
Kanye West
Karl Jacobs
Karol G
Katy Perry
Ke Huy Quan
Keanu Reeves
Keir Starmer
Keith David
Kendrick Lamar
Kermit the Frog
Kesha
Kevin Bacon
Kevin Durant
Kevin Hart
Kevin Malone
Kevin Owens
Khabib Nurmagomedov
Khaby Lame
Khloe Kardashian
Killua Zoldyck
Kim Kardashian
King Charles III
King Leonidas
King of the Hill Hank Hill
Kirby
Kobe Bryant
Kramer (Seinfeld)
Kratos
Kris Jenner
Kristen Bell
Kristen Stewart
Kristen Wiig
Kristoff (Frozen)
Kronk (Emperor's New Groove)
Krusty the Clown
KSI
Kurt Cobain
Kurtis Conner
Kyle Broflovski
Kylian Mbappe
Kylie Jenner
Kylo Ren
Kyrie Irving
L (Death Note)
Lady Gaga
Lana Del Rey
Lana Kane
Lara Croft
Latto
League of Legends Ahri
LeBron James
Lee Min Ho
Leela (Futurama)
Legolas
Leon Kennedy
Leonardo DiCaprio
Leslie Knope
Lester Holt
Levi Ackerman
Lewis Hamilton
Lex Fridman
Liam Neeson
Light Yagami
Lightning McQueen
Lil Baby
Lil Wayne
Lilith (Borderlands)
Lilly Singh
Link (Zelda)
Linus (LTT)
Lionel Messi
Lisa (Blackpink)
Lisa Simpson
Liza Koshy
Lizzo
Logan Paul
Loid Forger
Lois Griffin
Loki (MCU)
Lorde
Lucille Ball
Lucy Heartfilia
Ludwig
Luffy (One Piece)
Luigi
Luka Doncic
Luke Combs
Luke Skywalker
Lumiere (Beauty and the Beast)
Lupita Nyong'o
Magnus Carlsen
Mahatma Gandhi
Mahershala Ali
Malala Yousafzai
Malcolm Gladwell
Malcolm X
Malory Archer
Maluma
Manuel Turizo
Marc Andreessen
Marc Marquez
Marcus Fenix
Margaret Thatcher
Marge Simpson
Margot Robbie
Marilyn Monroe
Mario
Marjorie Taylor Greene
Mark Hamill
Mark Rober
Mark Ruffalo
Mark Wahlberg
Mark Zuckerberg
Markiplier
Marques Brownlee
Marshmello
Marth (Fire Emblem)
Martha Stewart
Martin Luther King Jr.
Master Chief
Mater (Cars)
Matt Rife
Matt Smith
Matt Walsh
Matthew McConaughey
Maury (Big Mouth)
Max Verstappen
Maximus (Gladiator)
Megan Thee Stallion
Megatron
Mel Robbins
Meliodas
Melisandre
Melissa McCarthy
Mercy (Overwatch)
Merlin (Sword in the Stone)
Meryl Streep
Metro Boomin
Micah Parsons
Michael B. Jordan
Michael Corleone
Michael De Santa
Michael Jackson
Michael Knowles
Michael Myers
Michael Phelps
Michael Scott
Michelle Obama
Mick Jagger
Mickey Mouse
Mike Ehrmantraut
Mike Pence
Mike Rowe
Mike Tyson
Miley Cyrus
Millie Bobby Brown
Mindy Kaling
Mirabel (Encanto)
Mitch McConnell
Mizkif
Mob (Mob Psycho 100)
Moistcr1tikal
Mojo Jojo
Monica Geller
Mordecai (Regular Show)
Morgan Freeman
Morgan Wallen
Morty Smith
Mr. Burns
Mr. Garrison
Mr. Krabs
MrBallen
MrBeast
MS Dhoni
Muhammad Ali
Mulan
Mushu (Mulan)
Myles Garrett
Nami (One Piece)
Nancy Pelosi
Narendra Modi
Naruto Uzumaki
Natalie Portman
Nate Diaz
Nathan Drake
Natsu Dragneel
Naval Ravikant
Ned Flanders
Ned Fulmer
Ned Stark
Negan (Walking Dead)
Neil Armstrong
Neil deGrasse Tyson
Neil Gaiman
Nelson Mandela
Neymar
Nezuko Kamado
Niall Horan
Nick Fury
Nicki Minaj
Nicolas Cage
Nicole Kidman
Nikki Glaser
NikkieTutorials
Niko Bellic
Nikola Jokic
Ninja
Noah Kahan
Noah Schnapp
Nolan North
Norman Bates
Northernlion
Notorious B.I.G.
Novak Djokovic
Obi-Wan Kenobi
Octavia Spencer
Olivia Rodrigo
Oprah Winfrey
Optimus Prime
Oscar Isaac
Owen Wilson
Ozuna
Ozzy Osbourne
Paris Hilton
Park Seo Joon
Pat McAfee
Patrick Bateman
Patrick Mahomes
Patrick Star
Patrick Stewart
Patrick Warburton
Paul Giamatti
Paul McCartney
Paul Mescal
PC Principal
Pedro Pascal
Penelope Cruz
Pennywise
Peso Pluma
Pestily
Peter Attia
Peter Griffin
Peter Thiel
Petyr Baelish
PewDiePie
Peyton Manning
Philip DeFranco
Phineas Flynn
Phoebe Buffay
Picard
Piers Morgan
Pikachu
Pit (Kid Icarus)
Plankton
Playboi Carti
PointCrow
Pokimane
Popeye
Porky Pig
Post Malone
Power (Chainsaw Man)
Prince
Prince Harry
Prince William
Princess Carolyn
Princess Diana
Princess Leia
Priyanka Chopra
Professor Farnsworth
Quackity
Queen Elizabeth II
Quentin Tarantino
Quin69
Rachel Green
Rachel Maddow
Rachel Zegler
Rafael Nadal
Rafiki (Lion King)
Raiden (MGS)
Rainbow Dash
Rambo
Ranboo
Randall Park
Randy Marsh
Randy Orton
Ranveer Singh
Rapunzel (Tangled)
Rauw Alejandro
Ray Charles
Reaper (Overwatch)
Reese Witherspoon
Regina King
Reigen Arataka
Reinhardt (Overwatch)
Remy (Ratatouille)
Rey Mysterio
Rhett and Link
Ric Flair
Rich Eisen
Richard Feynman
Richard Hammond
Rick Grimes
Rick Sanchez
Ricky Gervais
Ricky Martin
Rigby (Regular Show)
Rihanna
Riku (Kingdom Hearts)
Rishi Sunak
Riz Ahmed
RM (BTS)
Robert De Niro
Robert Downey Jr.
Robert Plant
Robin Williams
Rocket Raccoon
Rocky Balboa
Roger Federer
Rohit Sharma
Roman Reigns
Ron DeSantis
Ron Swanson
Ron Weasley
Ronald Reagan
Ronda Rousey
Rooney Mara
Rosalia
Rose (Blackpink)
Ross Geller
Rubius
Rupert Grint
Russell Brand
Russell Westbrook
Ryan Gosling
Ryan Reynolds
Ryan Seacrest
Ryu (Street Fighter)
Ryu Hayabusa
Sabrina Carpenter
Sachin Tendulkar
Sadness (Inside Out)
Safiya Nygaard
Saitama (One Punch Man)
Salma Hayek
Salman Khan
Sam Altman
Sam Fender
Sam Harris
Sam Porter Bridges
Sam Smith
Samuel L. Jackson
Samus Aran
Samwise Gamgee
Sandra Bullock
Sandy Cheeks
Sansa Stark
Sapnap
Sarah Connor
Sasuke Uchiha
Satya Nadella
Saul Goodman
Scarlett Johansson
Scooby-Doo
Scorpion (Mortal Kombat)
Scuttle (Little Mermaid)
Sean Connery
Sean Hannity
Sebastian (Little Mermaid)
Sebastian Maniscalco
Selena Gomez
Sephiroth
Serena Williams
Seth MacFarlane
Seth Meyers
Seth Rogen
Seth Rollins
Severus Snape
Sexyy Red
Sha'Carri Richardson
Shaggy Rogers
Shah Rukh Khan
Shane Dawson
Shane Gillis
Shannon Sharpe
Shaquille O'Neal
Shawn Mendes
Sheldon Cooper
Sherlock Holmes
Sheryl Sandberg
Shohei Ohtani
Shrek
Shroud
Sia
Sidney Crosby
Simon Sinek
Simone Biles
Simu Liu
Skeletor (He-Man)
Skip Bayless
Skrillex
Skyler White
Slash (musician)
Snoop Dogg
Snow White
Sodapoppin
Sofia Vergara
Solid Snake
Song Joong Ki
Sonic the Hedgehog
Sora (Kingdom Hearts)
SpiderMan (Tom Holland ver.)
Spike Spiegel
SpongeBob SquarePants
Spyro
Squidward Tentacles
SSSniperWolf
Stan Marsh
Stanley Hudson
Stephen A Smith
Stephen Colbert
Stephen Curry
Stephen Hawking
Stephen King
Steve (Minecraft)
Steve Blum
Steve Carell
Steve Harvey
Steve Irwin
Steve Jobs
Steve-O
Steven Crowder
Steven Universe
Stevie Wonder
Stewie Griffin
Stone Cold Steve Austin
Stormzy
Sub-Zero
Summer Smith
Summit1g
Sundar Pichai
Superman
Sydney Sweeney
Sykkuno
Sylvester Stallone
Sylvester the Cat
SZA
Tana Mongeau
Tanjiro Kamado
Tara Strong
Taraji P. Henson
Tate McRae
Taylor Swift
Technoblade
Tems
Terminator
Tfue
Thanos
The Dude (Big Lebowski)
The Grinch
The Hound
The Joker (Animated)
The Mandalorian
The Rock
The Undertaker
The Weeknd
Theo Von
Thor (MCU)
Tiger Woods
Tim Cook
Tim Dillon
Timmy Turner
Timothee Chalamet
Timthetatman
Toby Flenderson
Todd Chavez
Tom Brady
Tom Cruise
Tom Hanks
Tom Hardy
Tom Haverford
Tom Hiddleston
Tom Holland
Tom Kenny
Tom Segura
Tommy Shelby
Tony Hawk
Tony Montana (Scarface)
Tony Soprano
Tony Stark
Towelie
Tracer (Overwatch)
Trainwreckstv
Travis Bickle
Travis Kelce
Travis Pastrana
Travis Scott
Trevor Noah
Trevor Philips
Trevor Wallace
Triple H
Trisha Paytas
Troy Baker
Troye Sivan
Tubbo
Tucker Carlson
Tupac Shakur
Tweety Bird
Twilight Sparkle
Tyler Durden
Tyler, The Creator
Tyrion Lannister
Tyson Fury
Ursula (Little Mermaid)
Usain Bolt
Usher
V (BTS)
V (Cyberpunk)
Valentino Rossi
Valkyrae
Valorant Jett
Vanellope von Schweetz
Varys
Vash the Stampede
Vegeta
Vegetta777
Venom
Venus Williams
Vergil (DMC)
Vi (Arcane)
Victor Wembanyama
Vin Diesel
Vinesauce Vinny
Vinicius Junior
Viola Davis
Virat Kohli
Vito Corleone
Vivek Ramaswamy
Vladimir Putin
Voldemort
Volodymyr Zelenskyy
Walter Bishop (Fringe)
Walter White
Warren Buffett
Wendy Testaburger
Werner Herzog
Whitney Cummings
Whitney Houston
Widowmaker (Overwatch)
Wilbur Soot
Will Ferrell
Will Smith
Willem Dafoe
William Wallace
Willie Nelson
Willy Wonka
Winnie the Pooh
Winston Churchill
Wizkid
Wolf Blitzer
Wolverine
Wonder Woman
Woody (Toy Story)
Wreck-It Ralph
Xi Jinping
xQc
Yasuo (LoL)
Yoda
Yor Forger
Yoshi
Yuri Gagarin
Yusuke Urameshi
Yzma (Emperor's New Groove)
Zach Bryan
Zach King
Zach Kornfeld
Zane Lowe
Zapp Brannigan
Zazu (Lion King)
Zedd
Zendaya
Zenitsu Agatsuma
Zoe Saldana
Zoro (One Piece)
Zuko (Avatar)
`
	.trim()
	.split('\n');
